import { HeldSubmissionsStore } from '../store/held-submissions.store';
import { SubmissionLogStore } from '../store/submission-log.store';
import { HoldSubmissions1764144030002 } from '../store/migrations/hold-submissions';
import { DecideSubmissions } from './decide-submissions';
import { HoldSubmissions } from './hold-submissions';
import { ListSubmissions } from './list-submissions';
import { SubmissionsController } from './submissions.controller';

/** The log of submissions, and the desk for those that wait for a decision. */
export const SUBMISSIONS = {
  controllers: [SubmissionsController],
  providers: [HeldSubmissionsStore, SubmissionLogStore, HoldSubmissions, DecideSubmissions, ListSubmissions],
  migrations: [HoldSubmissions1764144030002],
  // What made no lead is nobody's, and is not kept for longer than somebody may want to look at it.
  retentions: [
    { table: 'held_submission', column: 'held_at', days: 90 },
    { table: 'submission', column: 'received_at', days: 90, where: 'lead_id is null' },
  ],
};
