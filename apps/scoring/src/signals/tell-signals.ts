import { Injectable } from '@nestjs/common';
import { LeadSignalled, type Envelope, type NurtureData, type SeenSignal } from '@headwater/contracts';
import { causedByEvent, Outbox, type Cause } from '@headwater/messaging';
import type { Tx } from '@headwater/platform';
import type { NewSignal } from '../store/evidence.store';
import { NurturedStore, type NurturedLead } from '../store/nurtured.store';
import { keyOf, ScoresStore, type HeldScore } from '../store/scores.store';

/** Of one event, so that it stays small. */
const MOST = 20;

type Told = NewSignal & { cause: Cause };

/** Tells what leads do that are nurtured: of all others their scores say enough. */
@Injectable()
export class TellSignals {
  constructor(private readonly nurtured: NurturedStore, private readonly scores: ScoresStore, private readonly outbox: Outbox) {}

  /**
   * Nothing is asked where no lead is part of another one.
   * @param held the leads that did it, which are locked @param nurtured keys of those that are so themselves
   */
  async signals(tx: Tx, fresh: readonly Told[], held: readonly HeldScore[], nurtured: ReadonlySet<string>): Promise<void> {
    const parts = held.filter(({ above }) => above.length > 0);
    const primaries = new Set((await this.nurtured.open(tx, parts.flatMap(({ tenant, above }) => above.map((leadId) => ({ tenant, leadId }))))).map(keyOf));
    const theirs = parts.filter(({ tenant, above }) => above.some((leadId) => primaries.has(keyOf({ tenant, leadId }))));
    const told = new Set([...nurtured, ...theirs.map(keyOf)]);
    await this.tell(tx, fresh.filter((signal) => told.has(keyOf(signal))));
  }

  /** A lead is nurtured, or no longer, whichever is heard first. What it did since then and before this was known is told now. */
  async fromNurturing(events: Envelope<NurtureData>[], tx: Tx): Promise<void> {
    const newest = new Map<string, NurturedLead & { cause: Cause }>();
    for (const event of events) {
      const { lead_id, enrolment: { number, enrolled_at, exited_at } } = event.data;
      const heard = { tenant: event.tenantid, leadId: lead_id, number, since: enrolled_at, isOver: exited_at != null, cause: causedByEvent(event) };
      const known = newest.get(keyOf(heard));
      if (!known || number > known.number || (number === known.number && heard.isOver)) newest.set(keyOf(heard), heard);
    }
    const leads = [...newest.values()];
    const held = await this.scores.lock(tx, leads); // whoever takes their signals in meanwhile, or those of their parts, sees them, or is waited for
    const members = new Map(held.map((score) => [keyOf(score), score.members.map(({ leadId }) => leadId)]));
    const nurtured = await this.nurtured.learn(tx, leads);
    const missed = await this.nurtured.signalsSince(tx, nurtured.flatMap(({ tenant, leadId }) =>
      [leadId, ...members.get(keyOf({ tenant, leadId })) ?? []].map((by) => ({ tenant, leadId, by }))));
    await this.tell(tx, missed.map(({ of, ...signal }) => ({ ...signal, cause: newest.get(keyOf({ tenant: signal.tenant, leadId: of }))!.cause })));
  }

  private async tell(tx: Tx, signals: readonly Told[]): Promise<void> {
    const byLead = new Map<string, Told[]>();
    for (const signal of signals) byLead.set(keyOf(signal), [...byLead.get(keyOf(signal)) ?? [], signal]);
    await this.outbox.add(tx, [...byLead.values()].flatMap((ofOne) => Array.from({ length: Math.ceil(ofOne.length / MOST) }, (_, i) => {
      const [{ tenant, leadId, cause }] = ofOne;
      const told = ofOne.slice(i * MOST, (i + 1) * MOST).map(({ signal_id, type, at, properties }) =>
        ({ signal_id, type, at, properties: (properties ?? null) as SeenSignal['properties'] }));
      return { event: LeadSignalled.ofLead(tenant, { lead_id: leadId }, { lead_id: leadId, signals: told }), cause };
    })));
  }
}
