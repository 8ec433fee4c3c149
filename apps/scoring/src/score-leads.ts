import { Injectable } from '@nestjs/common';
import type { Envelope, IntakeState, LeadCapturedData, LeadEngagedData, LeadEnrichedData, LeadUpdatedData } from '@headwater/contracts';
import { causedByEvent } from '@headwater/messaging';
import type { Tx } from '@headwater/platform';
import { shorten } from './domain/contribution-lines';
import { RescoreLeads } from './rescore-leads';
import { EvidenceStore } from './store/evidence.store';
import { keyOf, ScoresStore, type HeldScore } from './store/scores.store';

const LONGEST_REASON = 200;

/** What is heard of leads, and scores them anew. */
@Injectable()
export class ScoreLeads {
  constructor(
    private readonly rescoring: RescoreLeads,
    private readonly scores: ScoresStore,
    private readonly evidence: EvidenceStore,
  ) {}

  /** Newer snapshots from intake; at most one per lead. */
  fromIntake(events: Envelope<LeadCapturedData | LeadUpdatedData>[], tx: Tx): Promise<void> {
    return this.fromSnapshots(events, tx, { tells: false });
  }

  /** The same, and told of whatever becomes of the score: others may have waited for the new facts, which come with it. */
  fromEnrichment(events: Envelope<LeadEnrichedData>[], tx: Tx): Promise<void> {
    return this.fromSnapshots(events, tx, { tells: true });
  }

  private async fromSnapshots(events: Envelope<{ lead: IntakeState }>[], tx: Tx, { tells }: { tells: boolean }): Promise<void> {
    const changes = events.map((event) => ({
      tenant: event.tenantid, leadId: event.data.lead.lead_id,
      change: { cause: 'update' as const, intake: event.data.lead, tells }, cause: causedByEvent(event),
    }));
    await this.rescoring.apply(tx, await this.scores.lock(tx, changes), changes);
  }

  /** What leads did. Signals of a lead that isn't known yet wait for it. */
  async fromSignals(events: Envelope<LeadEngagedData>[], tx: Tx): Promise<void> {
    const signals = events.map((event) => ({
      tenant: event.tenantid, leadId: event.data.lead_id,
      signal_id: event.data.signal_id, type: event.data.signal, at: event.data.at, event,
    }));
    // Locked before the signals are written: whoever scores the lead for the first time meanwhile either sees them or is
    // waited for.
    const held = await this.scores.lock(tx, signals);
    const fresh = await this.evidence.addSignals(tx, signals);
    const all = await this.withPrimaries(tx, held);
    await this.rescoring.apply(tx, all, all.flatMap((score) => {
      const { tenant, leadId } = score;
      const own = new Set([leadId, ...score.members.map((member) => member.leadId)].map((id) => keyOf({ tenant, leadId: id })));
      const news = signals.filter((signal) => own.has(keyOf(signal)) && fresh.get(keyOf(signal))?.has(signal.signal_id));
      if (news.length === 0) return [];
      const reason = shorten([...new Set(news.map(({ type }) => type))].join(', '), LONGEST_REASON);
      const change = { cause: 'signal' as const, reason, freshSignals: new Set(news.map(({ signal_id }) => signal_id)) };
      return [{ tenant, leadId, change, cause: causedByEvent(news[news.length - 1].event) }];
    }));
  }

  /** What a merged lead did counts for those that it was merged into. */
  private async withPrimaries(tx: Tx, held: HeldScore[]): Promise<HeldScore[]> {
    const above = held.flatMap(({ tenant, above: ids }) => ids.map((leadId) => ({ tenant, leadId })));
    return above.length > 0 ? this.scores.lock(tx, [...held, ...above]) : held;
  }
}
