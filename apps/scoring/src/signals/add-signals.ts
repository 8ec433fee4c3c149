import { Injectable } from '@nestjs/common';
import { IDENTIFY } from '@headwater/contracts';
import type { Cause } from '@headwater/messaging';
import type { Tx } from '@headwater/platform';
import { shorten } from '../domain/contribution-lines';
import type { Change } from '../domain/lead-score';
import { RescoreLeads } from '../rescore-leads';
import { EvidenceStore, type NewSignal } from '../store/evidence.store';
import { IdentitiesStore, type UnknownSignal } from '../store/identities.store';
import { keyOf, ScoresStore, type HeldScore } from '../store/scores.store';
import { TellSignals } from './tell-signals';

const LONGEST_REASON = 200;

/** Something that a lead did, and what we know it from. */
export interface LeadSignal extends NewSignal {
  cause: Cause;
  /** the cookie that came with it, which it says is this lead's */
  visitor_id?: string | null;
}

/** Keeps what leads did, each once, and scores them anew. */
@Injectable()
export class AddSignals {
  constructor(
    private readonly rescoring: RescoreLeads,
    private readonly scores: ScoresStore,
    private readonly evidence: EvidenceStore,
    private readonly identities: IdentitiesStore,
    private readonly tell: TellSignals,
  ) {}

  /**
   * Signals of a lead that isn't known yet wait for it. What a cookie did that is one of these leads' from now on counts for it, too.
   * @returns those that were not there
   */
  async add(tx: Tx, told: LeadSignal[]): Promise<Set<LeadSignal>> {
    const visits = await this.identify(tx, told);
    const signals = [...told.filter(({ type }) => type !== IDENTIFY), ...visits];
    if (signals.length === 0) return new Set();
    // Locked before the signals are written: whoever scores the lead for the first time meanwhile either sees them or is waited for.
    const held = await this.scores.lock(tx, signals);
    const { added, nurtured } = await this.evidence.addSignals(tx, signals);
    const fresh = new Set(signals.filter((signal) => added.get(keyOf(signal))?.delete(signal.signal_id)));
    const news = byLead(fresh);
    await this.tell.signals(tx, [...fresh], held, nurtured);
    const all = await this.withPrimaries(tx, held);
    await this.rescoring.apply(tx, all, all.flatMap(({ tenant, leadId, members }) => {
      const own = [leadId, ...members.map((member) => member.leadId)].flatMap((id) => news.get(keyOf({ tenant, leadId: id })) ?? []);
      return own.length > 0 ? [{ tenant, leadId, change: changeBy(own), cause: own[own.length - 1].cause }] : [];
    }));
    return fresh;
  }

  /** A cookie is evidence, never identity: it belongs to whoever it came with, and what it did before is its first one's. @returns that */
  private async identify(tx: Tx, told: LeadSignal[]): Promise<LeadSignal[]> {
    const links = told.flatMap(({ tenant, leadId, visitor_id, at, cause }) =>
      (visitor_id ? [{ tenant, visitor_id, lead_id: leadId, linked_at: at, cause }] : []));
    if (links.length === 0) return [];
    await this.identities.lockVisitors(tx, links);
    await this.identities.link(tx, links);
    const first = new Map(links.map((link) => [nameOf(link.tenant, link.visitor_id), link]).reverse() as [string, typeof links[number]][]);
    const kept = await this.identities.takeOut(tx, [...first.values()].map(({ tenant, visitor_id }) => ({ tenant, kind: 'visitor', value: visitor_id })));
    return kept.map((signal) => {
      const { lead_id, cause } = first.get(nameOf(signal.tenant, signal.value))!;
      return asSignalOf(signal, lead_id, cause);
    });
  }

  /** What a merged lead did counts for those that it was merged into. */
  private async withPrimaries(tx: Tx, held: HeldScore[]): Promise<HeldScore[]> {
    const above = held.flatMap(({ tenant, above: ids }) => ids.map((leadId) => ({ tenant, leadId })));
    return above.length > 0 ? this.scores.lock(tx, [...held, ...above]) : held;
  }
}

function byLead(signals: Iterable<LeadSignal>): Map<string, LeadSignal[]> {
  const leads = new Map<string, LeadSignal[]>();
  for (const signal of signals) leads.set(keyOf(signal), [...leads.get(keyOf(signal)) ?? [], signal]);
  return leads;
}

const changeBy = (signals: LeadSignal[]): Change => ({
  cause: 'signal', reason: shorten([...new Set(signals.map(({ type }) => type))].join(', '), LONGEST_REASON),
  freshSignals: new Set(signals.map(({ signal_id }) => signal_id)),
});

const nameOf = (tenant: string, visitor: string): string => `${tenant} ${visitor}`;

/** What somebody unknown did, as what the lead did who they turn out to be. */
export const asSignalOf = ({ tenant, signal_id, type, at, properties }: UnknownSignal, leadId: number, cause: Cause): LeadSignal =>
  ({ tenant, leadId, signal_id, type, at, properties, cause });
