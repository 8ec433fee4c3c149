import { AssessmentsStore } from '../store/assessments.store';
import { FrameworksStore } from '../store/frameworks.store';
import { AssessingController } from './assessing.controller';
import { FrameworksInForce } from './frameworks-in-force';
import { ReadAssessments } from './read-assessments';

/** What is found out about leads, element by element. */
export const ASSESSING = {
  controllers: [AssessingController],
  providers: [ReadAssessments, FrameworksInForce, AssessmentsStore, FrameworksStore],
};
