import { Injectable } from '@nestjs/common';
import { Loop } from '@headwater/messaging';
import { Database, faultPoint, isBeaten, isTemporary, type Tx } from '@headwater/platform';
import type { Lead } from '../domain/lead';
import { MatchWorkStore, type Claim, type LeadRef } from '../store/match-work.store';
import { CompareLeads } from './compare-leads';
import { CountValues } from './count-values';
import { KeyLeads, LostRace } from './key-leads';
import { MatchingMetrics } from './matching-metrics';

/** Leads of one transaction: more would hold captures of the same process up for longer than they take themselves. */
const BATCH = 200;
/** What another replica has left behind is found by then. */
const POLL_MS = 2_000;
/** What comes within this time is looked at together. */
const GATHER_MS = 50;
/** So often in a row nobody is quicker by chance. */
const MOST_LOST = 5;

type Step = 'key' | 'compare';

/**
 * Looks for the duplicates of each lead that is new or somebody else by now, after its answer: one loop in each replica, over the list that
 * was written with the leads (ADR 0011). Imports come when nothing live is left.
 */
@Injectable()
export class FollowLeads extends Loop {
  protected readonly whenFailed = 'The search for duplicates pauses';
  protected override readonly gatherMs = GATHER_MS;
  private readonly limits: Record<Step, number> = { key: BATCH, compare: BATCH };
  /** in a row */
  private readonly lost: Record<Step, number> = { key: 0, compare: 0 };

  constructor(
    private readonly database: Database, private readonly work: MatchWorkStore, private readonly keyLeads: KeyLeads,
    private readonly compareLeads: CompareLeads, private readonly countValues: CountValues, private readonly metrics: MatchingMetrics,
  ) {
    super();
  }

  /** Within a transaction that changes who leads are: they are on the list with it, and looked at once it is committed. */
  async follow(tx: Tx, leads: LeadRef[]): Promise<void> {
    await this.work.add(tx, leads);
    if (leads.length > 0) this.wakeAfter(tx);
  }

  /** For who has put leads on the list in a statement of their own. */
  wakeAfter(tx: Tx): void {
    tx.afterCommit(() => this.wake());
  }

  /**
   * New leads that nobody waits for, within the transaction that makes them: their keys are written with them. @returns whether they are, so that the list
   * can say so; else they are keyed in their turn
   */
  async keyNew(tx: Tx, leads: Lead[]): Promise<boolean> {
    const grown = await this.keyLeads.keyNew(tx, leads);
    if (grown) tx.afterCommit(() => this.countValues.grew(grown));
    return grown !== null;
  }

  /** One batch. First the keys, in a transaction of their own, then what they find: so that of two leads one always finds the other. */
  protected async round(): Promise<number> {
    const lane = await this.work.next(this.database);
    if (!lane) return POLL_MS;
    // What is live may all be of tenants whose model is being put at this moment: imports of others don't wait for it.
    const done = await this.takeBoth(lane.bulk) || (!lane.bulk && await this.takeBoth(true));
    if (done) await this.countValues.whereDue();
    return done ? 0 : POLL_MS;
  }

  /** @returns whether there was anything to do */
  private async takeBoth(bulk: boolean): Promise<boolean> {
    const keyed = await this.take('key', bulk);
    const compared = await this.take('compare', bulk);
    return keyed + compared > 0;
  }

  /** @returns how many rows of the list were dealt with */
  private async take(step: Step, bulk: boolean): Promise<number> {
    const tried: number[] = [];
    try {
      await this.database.transaction((tx) => this[step](tx, { bulk, limit: this.limits[step] }, tried));
      this.lost[step] = 0;
      if (tried.length > 0) this.limits[step] = Math.min(BATCH, 2 * this.limits[step]);
    } catch (error) {
      const lostRace = error instanceof LostRace || isBeaten(error);
      this.lost[step] = lostRace ? this.lost[step] + 1 : 0;
      if (!lostRace || this.lost[step] > MOST_LOST) await this.failed(error as Error, step, bulk, tried);
    }
    return tried.length;
  }

  private async key(tx: Tx, claim: Claim, tried: number[]): Promise<void> {
    const { rows, leads } = await this.work.claimToKey(tx, claim);
    if (rows.length === 0) return;
    tried.push(...rows);
    const grown = await this.keyLeads.key(tx, leads, { fresh: this.lost.key === 0 });
    faultPoint('matching.before_commit');
    tx.afterCommit(() => this.countValues.grew(grown));
  }

  private async compare(tx: Tx, claim: Claim, tried: number[]): Promise<void> {
    const { rows, leads } = await this.work.claimToCompare(tx, claim);
    if (rows.length === 0) return;
    tried.push(...rows);
    const done = await this.compareLeads.compare(tx, leads);
    faultPoint('matching.before_commit');
    tx.afterCommit(() => this.metrics.matched(leads.length, done));
  }

  /** What fails together is tried in halves, down to the lead that it is because of: that one is given up, and told of. @throws what is temporary */
  private async failed(error: Error, step: Step, bulk: boolean, tried: number[]): Promise<void> {
    if (isTemporary(error) || tried.length === 0) throw error;
    this.limits[step] = Math.ceil(tried.length / 2);
    if (tried.length > 1) return;
    this.logger.error({ err: error, match_work: tried[0] }, 'The duplicates of a lead can not be looked for');
    await this.work.drop(this.database, bulk, tried[0]);
  }
}
