import { Injectable } from '@nestjs/common';
import type { Envelope, IntakeState, LeadCapturedData, LeadEngagedData, LeadEnrichedData, LeadUpdatedData } from '@headwater/contracts';
import { causedByEvent } from '@headwater/messaging';
import type { Tx } from '@headwater/platform';
import { RescoreLeads } from './rescore-leads';
import { AddSignals } from './signals/add-signals';
import { AttachSignals } from './signals/attach-signals';
import { ScoresStore } from './store/scores.store';

/** What is heard of leads, and scores them anew. */
@Injectable()
export class ScoreLeads {
  constructor(
    private readonly rescoring: RescoreLeads,
    private readonly scores: ScoresStore,
    private readonly signals: AddSignals,
    private readonly attaching: AttachSignals,
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
    tx.afterCommit(() => this.attaching.sawLeads(changes));
  }

  /** What leads did. Signals of a lead that isn't known yet wait for it. */
  async fromSignals(events: Envelope<LeadEngagedData>[], tx: Tx): Promise<void> {
    await this.signals.add(tx, events.map((event) => {
      const { lead_id, signal_id, signal, at, properties } = event.data;
      const { visitor_id, ...rest } = properties ?? {};
      return {
        tenant: event.tenantid, leadId: lead_id, signal_id, type: signal, at, cause: causedByEvent(event),
        properties: Object.keys(rest).length > 0 ? rest : null, visitor_id: typeof visitor_id === 'string' ? visitor_id : null,
      };
    }));
  }
}
