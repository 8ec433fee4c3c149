import { AssessmentsStore } from '../store/assessments.store';
import { FrameworksStore } from '../store/frameworks.store';
import { AssessLeads } from './assess-leads';
import { AssessingController } from './assessing.controller';
import { FrameworksController } from './frameworks.controller';
import { FrameworksInForce } from './frameworks-in-force';
import { JudgeLeads } from './judge-leads';
import { KeepFrameworks } from './keep-frameworks';
import { ReadAssessments } from './read-assessments';

/** What is found out about leads, element by element. */
export const ASSESSING = {
  controllers: [AssessingController, FrameworksController],
  providers: [ReadAssessments, AssessLeads, JudgeLeads, KeepFrameworks, FrameworksInForce, AssessmentsStore, FrameworksStore],
};
