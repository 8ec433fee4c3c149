import { Injectable } from '@nestjs/common';
import { Consumer, letGoFirst, Loop } from '@headwater/messaging';
import { about, Database, faultPoint } from '@headwater/platform';
import { RepReassignmentsStore, type ReassignmentStep, type RunningReassignment } from '../store/rep-reassignments.store';
import { HandOverLeads } from './hand-over-leads';

/** Leads of one transaction: their tenant's rotation is locked meanwhile. */
const CHUNK = 100;
const POLL_MS = 1_000;

/**
 * Gives the leads of reps to others, a chunk at a time, and each chunk is one transaction: what of it has changed, and where to go
 * on. Whoever is killed has done a chunk or not, and any replica goes on with the next.
 */
@Injectable()
export class ReassignmentWorker extends Loop {
  protected readonly whenFailed = 'Some leads could not be reassigned, and it is tried again';

  constructor(
    private readonly database: Database, private readonly reassignments: RepReassignmentsStore, private readonly handOver: HandOverLeads,
    private readonly consumer: Consumer,
  ) {
    super();
  }

  protected async round(): Promise<number> {
    const done = await this.database.transaction(async (tx) => {
      const job = await this.reassignments.claim(tx);
      if (!job) return null;
      const { ids, at_lead, isDone } = await this.reassignments.leadsOf(tx, job.tenant, job.from_id, job.at_lead, CHUNK);
      const changes = await this.handOver.give(tx, job, ids);
      const reassigned = changes.filter(({ after }) => after.owner).length;
      const step = { at_lead, isDone, reassigned, unassigned: changes.length - reassigned };
      await this.reassignments.step(tx, job.id, step);
      faultPoint('reassignment.before_commit');
      return { job, step };
    });
    if (!done) return POLL_MS;
    this.tell(done.job, done.step);
    await letGoFirst(() => this.consumer.isBusyLive);
    return 0;
  }

  private tell({ id, tenant }: RunningReassignment, { isDone }: ReassignmentStep): void {
    if (isDone) about({ tenant }, () => this.logger.log({ reassignment_id: id }, 'All open leads of a rep have gone to others'));
  }
}
