import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Consumer, WakeUp } from '@headwater/messaging';
import { about, Database, faultPoint } from '@headwater/platform';
import { RepReassignmentsStore, type ReassignmentStep, type RunningReassignment } from '../store/rep-reassignments.store';
import { HandOverLeads } from './hand-over-leads';

/** Leads of one transaction: their tenant's rotation is locked meanwhile. */
const CHUNK = 100;
const POLL_MS = 1_000;
const PAUSE_MS = 1_000;
/** So long it lets what comes in live go first, after each chunk. */
const PATIENCE_MS = 250;

/**
 * Gives the leads of reps to others, a chunk at a time, and each chunk is one transaction: what of it has changed, and where to go
 * on. Whoever is killed has done a chunk or not, and any replica goes on with the next.
 */
@Injectable()
export class ReassignmentWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(ReassignmentWorker.name);
  private readonly wakeUp = new WakeUp();
  private stopping = false;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database, private readonly reassignments: RepReassignmentsStore, private readonly handOver: HandOverLeads,
    private readonly consumer: Consumer,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    this.wake();
    await this.running;
  }

  /** There may be something to do. */
  wake(): void {
    this.wakeUp.now();
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      if (await this.workOnce()) await this.letOthersGoFirst();
      else if (!this.stopping) await this.wakeUp.within(POLL_MS);
    }
  }

  /** @returns whether there was anything to do */
  private async workOnce(): Promise<boolean> {
    try {
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
      if (done) this.tell(done.job, done.step);
      return done !== null;
    } catch (error) {
      this.logger.warn({ err: error }, 'Some leads could not be reassigned, and it is tried again');
      await sleep(PAUSE_MS);
      return false;
    }
  }

  private tell({ id, tenant }: RunningReassignment, { isDone }: ReassignmentStep): void {
    if (isDone) about({ tenant }, () => this.logger.log({ reassignment_id: id }, 'All open leads of a rep have gone to others'));
  }

  private async letOthersGoFirst(): Promise<void> {
    await setImmediate();
    const until = performance.now() + PATIENCE_MS;
    while (!this.stopping && this.consumer.isBusyLive && performance.now() < until) await sleep(1);
  }
}
