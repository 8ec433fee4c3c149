import { Injectable, Logger } from '@nestjs/common';
import { Batcher } from '@headwater/messaging';
import { apartFromHeld, Database, type Tx } from '@headwater/platform';
import { ConversionsStore, type Attempt } from '../store/conversions.store';
import { Neighbours } from './neighbours';

/** Who is refused together gives up together. No bound of its own is waited for: what can't be done in time is settled when the lease is over. */
const TOGETHER = { inFlight: 4, items: 32, waiting: 2_000, patienceMs: 10_000, atEndOfTurn: true };

/** Gives attempts up, so that their leads are free for the next ones at once. */
@Injectable()
export class ReleaseLead {
  private readonly logger = new Logger(ReleaseLead.name);
  private readonly releases: Batcher<Attempt, undefined>;
  private readonly removals: Batcher<Attempt, undefined>;

  constructor(private readonly database: Database, private readonly neighbours: Neighbours, private readonly conversions: ConversionsStore) {
    this.releases = new Batcher(async (attempts) => {
      const ours = await apartFromHeld(this.database, attempts, (tx, some) => this.abort(tx, some), (attempt, error) => this.staysReserved(attempt, error));
      if (ours.length > 0) await this.neighbours.release(ours);
      return attempts.map(() => undefined);
    }, TOGETHER);
    this.removals = new Batcher(async (attempts) => {
      await this.conversions.remove(this.database, attempts);
      return attempts.map(() => undefined);
    }, TOGETHER);
  }

  /**
   * Never fails: the refusal that led here is the one to answer, and what can't be released now is released when the
   * lease has run out. What turns out to be done (its commit arrived, the acknowledgement didn't) stays done.
   */
  async release(attempt: Attempt): Promise<void> {
    try {
      await this.releases.add(attempt);
    } catch (error) {
      this.staysReserved(attempt, error);
    }
  }

  /** @returns those that are given up, and aren't another holder's */
  private async abort(tx: Tx, attempts: Attempt[]): Promise<Attempt[]> {
    const given = await this.conversions.abort(tx, attempts);
    return attempts.filter((_, i) => given[i]);
  }

  private staysReserved({ leadId: lead_id }: Attempt, err: unknown): void {
    this.logger.warn({ err, lead_id }, 'The lead stays reserved until its lease is over');
  }

  /** Takes an attempt back that was refused before it held anything: a lead that there is not leaves nothing behind. */
  async forget(attempt: Attempt): Promise<void> {
    await this.removals.add(attempt);
  }
}
