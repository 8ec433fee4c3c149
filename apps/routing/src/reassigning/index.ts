import { ReassignLeads1764150000402 } from '../store/migrations/reassign-leads';
import { RepReassignmentsStore } from '../store/rep-reassignments.store';
import { HandOverLeads } from './hand-over-leads';
import { ReassignLeads } from './reassign-leads';
import { ReassigningController } from './reassigning.controller';
import { ReassignmentWorker } from './reassignment-worker';

/** Leads of reps who leave, or are away. */
export const REASSIGNING = {
  controllers: [ReassigningController],
  providers: [ReassignLeads, ReassignmentWorker, HandOverLeads, RepReassignmentsStore],
  migrations: [ReassignLeads1764150000402],
};
