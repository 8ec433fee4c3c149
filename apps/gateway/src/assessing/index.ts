import { AssessmentsController } from './assessments.controller';
import { FrameworksController } from './frameworks.controller';

/** Everything over HTTP about what is found out of leads. */
export const ASSESSING = { controllers: [AssessmentsController, FrameworksController] };
