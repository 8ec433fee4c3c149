import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainError, type Actor } from '@headwater/contracts';
import { letGoFirst, Loop } from '@headwater/messaging';
import { Database, isInTheWay, isTemporary } from '@headwater/platform';
import { CaptureLeads } from '../capture-leads';
import { withoutLeadInCommon } from '../domain/merging/without-lead-in-common';
import { LikelyPairsStore, type LikelyPair } from '../store/likely-pairs.store';
import { JudgeLikely, type LikelyJudgement } from './judge-likely';
import { LikelyMetrics, type LikelyFate } from './likely-metrics';
import { MergeLeads } from './merge-leads';

const CLAIMED = 10;
/** Each is a step over four services; they leave captures a connection of the pool. */
const AT_ONCE = 3;
const POLL_MS = 1_000;
/** After the first try, and so much longer after each: more than the lease of a merge that was begun. */
const AGAIN_SECONDS = 60;
const MOST_TRIES = 8;

const AFTER_OUTAGE_SECONDS = 5;
const UNEXPECTED = { kind: 'unexpected', code: 'unexpected', detail: 'it fails, for a reason that the log says' };

/** Says nothing of what was tried. */
const isOutage = (error: unknown): boolean =>
  (isTemporary(error) && !isInTheWay(error)) || (error instanceof DomainError && error.body.kind === 'unavailable');

/** In histories it stands where else a person does. */
const ACTOR: Actor = { kind: 'system', id: 'intake', name: 'Duplicate matching' };

/**
 * Merges pairs that are most likely one person's, the younger lead into the older one, where the tenant's merge policy says
 * `auto_update: same`; like any merge, so that it can be taken back. What it may not do is left to people, with the reason in the review.
 */
@Injectable()
export class MergeLikely extends Loop {
  protected readonly whenFailed = 'Likely duplicates are not merged for the time being';

  constructor(
    private readonly database: Database, private readonly pairs: LikelyPairsStore, private readonly judgeLikely: JudgeLikely,
    private readonly mergeLeads: MergeLeads, private readonly metrics: LikelyMetrics,
    private readonly captureLeads: CaptureLeads,
  ) {
    super();
  }

  /**
   * A few pairs that have no lead in common are judged and merged together; the others by what these have made of their leads. What comes in live
   * goes first.
   */
  protected async round(): Promise<number> {
    const claimed = await this.pairs.claim(this.database, { limit: CLAIMED, seconds: AGAIN_SECONDS });
    for (let left = claimed; left.length > 0;) {
      await letGoFirst(() => this.captureLeads.isBusy);
      if (this.ended.aborted) return 0; // others have them when they are due again
      const { first, rest } = withoutLeadInCommon(left, AT_ONCE);
      const unsettled = await this.settleAll(first);
      if (unsettled.length > 0) {
        await this.pairs.giveBack(this.database, [...unsettled, ...rest], AFTER_OUTAGE_SECONDS);
        return POLL_MS;
      }
      left = rest;
    }
    return claimed.length === CLAIMED ? 0 : POLL_MS;
  }

  /** @returns those that an outage has kept from being settled @throws what is none, and concerns them all */
  private async settleAll(pairs: LikelyPair[]): Promise<LikelyPair[]> {
    try {
      const judged = await this.judge(pairs);
      const results = await Promise.allSettled(pairs.map((pair) => this.settle(pair, judged.get(pair.id))));
      this.metrics.became(results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])));
      const errors = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as Error] : []));
      const [worst] = [...errors.filter((error) => !isOutage(error)), ...errors];
      if (worst) this.tellOf(worst);
      return pairs.filter((_, i) => results[i].status === 'rejected');
    } catch (error) {
      this.tellOf(error as Error);
      return pairs;
    }
  }

  /** Of each by its id; none where one of them can't be judged, so that it keeps the others from nothing once each is judged alone. @throws outages */
  private async judge(pairs: LikelyPair[]): Promise<ReadonlyMap<number, LikelyJudgement>> {
    try {
      return new Map((await this.judgeLikely.judge(pairs)).map((judgement) => [judgement.pair.id, judgement]));
    } catch (error) {
      if (isOutage(error)) throw error;
      return new Map();
    }
  }

  /** @throws what is no outage */
  private tellOf(error: Error): void {
    if (!isOutage(error)) throw error;
    this.logger.warn({ err: error }, this.whenFailed);
  }

  /** @throws what says nothing of the pair */
  private async settle(pair: LikelyPair, judged?: LikelyJudgement): Promise<LikelyFate> {
    try {
      const [judgement] = judged ? [judged] : await this.judgeLikely.judge([pair]);
      return await this.act(judgement);
    } catch (error) {
      if (isOutage(error)) throw error;
      if (!(error instanceof DomainError)) this.logger.error({ err: error, duplicate_review: pair.id }, 'A likely pair can not be merged');
      const { kind, code, detail } = error instanceof DomainError ? error.body : UNEXPECTED;
      if (kind !== 'invalid' && code !== 'lead_locked' && pair.tries < MOST_TRIES) return 'tried_again';
      await this.pairs.leave(this.database, pair, `it was refused: ${detail}`);
      return 'left_to_people';
    }
  }

  private async act(judgement: LikelyJudgement): Promise<LikelyFate> {
    if (judgement.act === 'pass') return 'passed';
    if (judgement.act === 'merge') await this.merge(judgement);
    else await this.pairs.leave(this.database, judgement.pair, judgement.because);
    return judgement.act === 'merge' ? 'merged' : 'left_to_people';
  }

  /** @throws DomainError as the merge is refused */
  private async merge({ pair: { id, low_id, high_id }, tenant, reason, revisions }: LikelyJudgement & { act: 'merge' }): Promise<void> {
    await this.mergeLeads.merge({
      context: { tenant, actor: ACTOR, scopes: [], correlation_id: randomUUID() }, lead_id: low_id, lead_ids: [high_id], reason, expected_revisions: revisions,
    }, id);
  }
}
