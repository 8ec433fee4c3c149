import { Injectable } from '@nestjs/common';
import { LeadRated, LeadScored, type NewEvent } from '@headwater/contracts';
import { Outbox, type Cause } from '@headwater/messaging';
import type { Tx } from '@headwater/platform';
import { announcedLead } from './domain/announced-lead';
import { scoreAtDecision } from './domain/audit/lead-outcome';
import { rescore, type Change, type Evidence, type Rescored } from './domain/lead-score';
import { ScoreMetrics } from './score-metrics';
import { EvidenceStore } from './store/evidence.store';
import { OutcomesStore } from './store/outcomes.store';
import { keyOf, ScoresStore, type HeldScore, type LeadKey } from './store/scores.store';

/** A change of one lead, and what it follows from. */
export interface LeadChange extends LeadKey {
  change: Change;
  cause: Cause;
}

/** The one way in which a score changes: load, decide, store, announce. A constant number of statements, however many leads. */
@Injectable()
export class RescoreLeads {
  constructor(
    private readonly scores: ScoresStore,
    private readonly evidence: EvidenceStore,
    private readonly outcomes: OutcomesStore,
    private readonly outbox: Outbox,
    private readonly metrics: ScoreMetrics,
  ) {}

  /**
   * @param held rows that the transaction has locked
   * @param changes at most one per lead; those of leads that can't be scored yet change nothing
   * @param known the evidence of all of them, from under the same locks
   */
  async apply(tx: Tx, held: HeldScore[], changes: LeadChange[], known?: Map<string, Evidence>): Promise<void> {
    if (changes.length === 0) return;
    const scores = new Map(held.map((score) => [keyOf(score), score]));
    const evidence = known ?? await this.evidence.load(tx, changes.map((change) => scores.get(keyOf(change))!));
    const rescored = changes.flatMap((one) => {
      const result = rescore(scores.get(keyOf(one))!, one.change, evidence.get(keyOf(one))!);
      return result ? [{ result, cause: one.cause }] : [];
    });
    await this.scores.save(tx, rescored.map(({ result }) => result));
    // What comes late, and was before the conversion, counts for what the lead was converted with.
    await this.outcomes.score(tx, rescored.flatMap(({ result: { score } }) => {
      const was = score.converted && scoreAtDecision(score, evidence.get(keyOf(score))!, score.converted.converted_at);
      return was ? [{ tenant: score.tenant, leadId: score.leadId, ...was }] : [];
    }));
    await this.outbox.add(tx, rescored.flatMap(({ result, cause }) => announcementsOf(result).map((event) => ({ event, cause }))));
    tx.afterCommit(() => this.metrics.computed(rescored.map(({ result }) => result.score.scored.state.effective)));
  }
}

function announcementsOf({ score: { tenant, lead, scored: { state, contributions } }, announce }: Rescored): NewEvent[] {
  return [
    ...(announce.scored
      ? [LeadScored.ofLead(tenant, state, { score: state, contributions, lead: announcedLead(lead, contributions) })] : []),
    ...(announce.rated ? [LeadRated.ofLead(tenant, state, { score: state, former_rating: announce.rated.former })] : []),
  ];
}
