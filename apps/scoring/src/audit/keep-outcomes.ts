import { Injectable } from '@nestjs/common';
import type { Envelope, LeadConvertedData, OpportunityLostData, OpportunityWonData, StatusChangedData } from '@headwater/contracts';
import type { Tx } from '@headwater/platform';
import { scoreAtDecision } from '../domain/audit/lead-outcome';
import { AuditsStore } from '../store/audits.store';
import { EvidenceStore } from '../store/evidence.store';
import { OutcomesStore, type DealEnd, type NewOutcome } from '../store/outcomes.store';
import { keyOf, ScoresStore, type Conversion, type HeldScore } from '../store/scores.store';

/** What became of leads, and the score that each had when it was decided: the audit judges models by it. */
@Injectable()
export class KeepOutcomes {
  constructor(
    private readonly scores: ScoresStore,
    private readonly evidence: EvidenceStore,
    private readonly outcomes: OutcomesStore,
    private readonly audits: AuditsStore,
  ) {}

  fromConversion(events: Envelope<LeadConvertedData>[], tx: Tx): Promise<void> {
    return this.convert(tx, events.map(({ tenantid, data: { lead_id, into } }) => ({ tenant: tenantid, leadId: lead_id, converted: into })));
  }

  /** Told by conversion before it answers, and once more by the event, whichever comes first. Locks the scores, too. */
  async convert(tx: Tx, conversions: Conversion[]): Promise<void> {
    const held = await this.scores.lock(tx, conversions);
    await this.scores.markConverted(tx, conversions);
    await this.outcomes.keep(tx, conversions.map(({ converted, ...lead }) => ({ ...lead, outcome: 'converted', at: converted.converted_at })));
    const into = new Map(conversions.map((conversion) => [keyOf(conversion), conversion.converted]));
    await this.finish(tx, held.map((score) => ({ ...score, converted: score.converted ?? into.get(keyOf(score)) ?? null })));
  }

  fromDisqualification(events: Envelope<StatusChangedData>[], tx: Tx): Promise<void> {
    return this.keep(tx, events.map(({ tenantid, data: { qualification: { lead_id, in_status_since } } }) =>
      ({ tenant: tenantid, leadId: lead_id, outcome: 'disqualified', at: in_status_since })));
  }

  /** Of deals that no lead led to nobody foretold anything. */
  async fromDeals(outcome: DealEnd['outcome'], events: Envelope<OpportunityWonData | OpportunityLostData>[], tx: Tx): Promise<void> {
    const ends = events.flatMap(({ tenantid: tenant, revision = 0, data: { opportunity: { id, lead_id }, amount, currency, at } }): DealEnd[] =>
      (lead_id ? [{ tenant, leadId: lead_id, opportunityId: id, revision, outcome, at, amount, currency }] : []));
    if (ends.length === 0) return;
    const held = await this.scores.lock(tx, ends);
    await this.outcomes.keepDeals(tx, ends);
    await this.finish(tx, held);
  }

  private async keep(tx: Tx, told: NewOutcome[]): Promise<void> {
    if (told.length === 0) return;
    const held = await this.scores.lock(tx, told);
    await this.outcomes.keep(tx, told);
    await this.finish(tx, held);
  }

  private async finish(tx: Tx, held: HeldScore[]): Promise<void> {
    await this.score(tx, held);
    await this.audits.schedule(tx, held.map(({ tenant }) => tenant));
  }

  /** Decisions that were heard of before their lead was: up to so many. */
  async scoreLate(tx: Tx, tenant: string, most: number): Promise<void> {
    const late = await this.outcomes.late(tx, tenant, most);
    if (late.length > 0) await this.score(tx, await this.scores.lock(tx, late));
  }

  /** Writes what the decisions about locked leads were made with; those of which nothing is decided are left out. */
  async score(tx: Tx, held: HeldScore[]): Promise<void> {
    const decided = new Map((await this.outcomes.decided(tx, held)).map((one) => [keyOf(one), one.at]));
    const concerned = held.filter((score) => decided.has(keyOf(score)));
    if (concerned.length === 0) return;
    const evidence = await this.evidence.load(tx, concerned);
    await this.outcomes.score(tx, concerned.flatMap((score) => {
      const { tenant, leadId } = score;
      const was = scoreAtDecision(score, evidence.get(keyOf(score))!, decided.get(keyOf(score))!);
      return was ? [{ tenant, leadId, ...was }] : [];
    }));
  }
}
