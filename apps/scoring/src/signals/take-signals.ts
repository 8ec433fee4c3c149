import { Injectable } from '@nestjs/common';
import {
  DomainError, externalIdentity, FindLeads, IDENTIFY, type AnswerOf, type Identity, type QuestionOf, type SignalItem, type SignalResult,
  type TakeSignals as TakeRequest, type Warning,
} from '@headwater/contracts';
import { causedByRequest, Consumer, refuseReused, Requester } from '@headwater/messaging';
import { Database, nowOf, type Tx } from '@headwater/platform';
import { nameIn, refusalOf } from '../domain/signals/check-signal';
import { ownerOfVisit } from '../domain/signals/owner-of-visit';
import { KnowLeads } from '../know-leads';
import { IdentitiesStore, visitorKey, type UnknownIdentity, type UnknownSignal } from '../store/identities.store';
import { ModelsStore, type Models } from '../store/models.store';
import { keyOf } from '../store/scores.store';
import { AddSignals, type LeadSignal } from './add-signals';
import { AttachSignals } from './attach-signals';

/** Whom a signal is of: a lead, or somebody who isn't known (yet). */
type Person = { leadId: number } | Pick<UnknownIdentity, 'kind' | 'value'>;

/** A signal that is right by itself, with the moment that counts for it. */
interface Placed { item: SignalItem; at: string; person: Person }

/** Takes in what other systems saw people do. */
@Injectable()
export class TakeSignals {
  constructor(
    private readonly database: Database, private readonly requester: Requester, private readonly leads: KnowLeads,
    private readonly identities: IdentitiesStore, private readonly models: ModelsStore,
    private readonly signals: AddSignals, private readonly attaching: AttachSignals, private readonly consumer: Consumer,
  ) {}

  /**
   * One transaction for all that can be taken; what is wrong with one is that one's.
   * @throws DomainError `unavailable` when somebody is named whom only intake can know, and it isn't there: nothing is taken then
   */
  async take({ items }: QuestionOf<typeof TakeRequest>): Promise<AnswerOf<typeof TakeRequest>> {
    this.consumer.sawLive();
    const now = await nowOf(this.database);
    const results = new Map<SignalItem, SignalResult>();
    for (const item of items) {
      const refusal = refusalOf(item, now);
      if (refusal) results.set(item, { ok: false, error: refusal.body });
    }
    const right = items.filter((item) => !results.has(item)).map((item) => ({ item, at: new Date(item.at ?? now).toISOString() }));
    const placed: Placed[] = [];
    for (const one of await this.resolve(right)) {
      if (one.person instanceof DomainError) results.set(one.item, { ok: false, error: one.person.body });
      else placed.push({ ...one, person: one.person });
    }
    const models = await this.models.load(this.database, placed.map(({ item }) => item.tenant), []);
    const taken = await this.database.transaction((tx) => this.takeOnce(tx, placed));
    for (const [item, result] of taken) results.set(item, result.ok ? { ...result, ...warningsOf(item, models) } : result);
    return { results: items.map((item) => results.get(item)!) };
  }

  private async resolve(right: { item: SignalItem; at: string }[]): Promise<{ item: SignalItem; at: string; person: Person | DomainError }[]> {
    const found = await this.found(right.map(({ item }) => item));
    const people = right.map(({ item }): Person | DomainError => {
      const name = nameIn(item)!;
      if (name.kind === 'lead') return { leadId: name.lead_id };
      if (name.kind === 'visitor') return { kind: 'visitor', value: name.visitor_id };
      const { value, lead_id } = found.get(item)!;
      if (value === null) return DomainError.invalidField('email', 'wrong_format', 'email is no address');
      return lead_id === null ? { kind: name.kind, value } : { leadId: lead_id };
    });
    const named = right.flatMap(({ item: { tenant } }, i) => leadIn(people[i]).map((leadId) => ({ tenant, leadId })));
    const known = await this.leads.knowAll(named);
    return right.map(({ item, at }, i) => {
      const isUnknown = leadIn(people[i]).some((leadId) => !known.has(keyOf({ tenant: item.tenant, leadId })));
      return { item, at, person: isUnknown ? DomainError.notFound('Lead') : people[i] };
    });
  }

  /** Whom intake knows by their address, or by a sender's id: all in one question. */
  private async found(items: SignalItem[]): Promise<Map<SignalItem, AnswerOf<typeof FindLeads>['found'][number]>> {
    const asked = items.flatMap((item): { item: SignalItem; identity: Identity }[] => {
      const { tenant } = item;
      const name = nameIn(item)!;
      if (name.kind === 'email') return [{ item, identity: { tenant, kind: 'email', value: name.email } }];
      if (name.kind === 'external_id') return [{ item, identity: { tenant, kind: 'external_id', value: externalIdentity(name.sender, name.id) } }];
      return [];
    });
    if (asked.length === 0) return new Map();
    const { found } = await this.requester.ask(FindLeads, { identities: asked.map(({ identity }) => identity) });
    return new Map(asked.map(({ item }, i) => [item, found[i]]));
  }

  /** All but what comes with an Idempotency-Key that another body had: what is made of it would be taken for a repetition. */
  private async takeOnce(tx: Tx, placed: Placed[]): Promise<Map<SignalItem, SignalResult>> {
    const keyed = placed.flatMap(({ item }) => (item.idempotency ? [{ item, attempt: { ...item.idempotency, tenant: item.tenant } }] : []));
    const refusals = await refuseReused(tx, keyed.map(({ attempt }) => attempt));
    const refused = new Map(keyed.flatMap(({ item }, i): [SignalItem, SignalResult][] => {
      const error = refusals[i];
      return error ? [[item, { ok: false, error }]] : [];
    }));
    return new Map([...refused, ...await this.takeWithin(tx, placed.filter(({ item }) => !refused.has(item)))]);
  }

  /** People nobody knows come first, then cookies, then leads: whoever locks does so in this order. */
  private async takeWithin(tx: Tx, placed: Placed[]): Promise<Map<SignalItem, SignalResult & { ok: true }>> {
    const isVisit = ({ person }: Placed) => 'kind' in person && person.kind === 'visitor';
    const strangers = placed.filter(({ person }) => 'kind' in person && person.kind !== 'visitor');
    const results = await this.keep(tx, strangers);
    await this.identify(tx, placed);
    const visits = await this.owned(tx, placed.filter(isVisit));
    for (const [item, result] of await this.keep(tx, visits.filter(({ person }) => 'kind' in person))) results.set(item, result);
    const ofLeads = [...placed, ...visits].flatMap((one) => leadIn(one.person).map((leadId) => ({ item: one.item, signal: signalOf(one, leadId) })));
    const fresh = await this.signals.add(tx, ofLeads.map(({ signal }) => signal));
    for (const { item, signal } of ofLeads) {
      const state = fresh.has(signal) || signal.type === IDENTIFY ? 'counted' : 'repeated';
      results.set(item, { ok: true, state, lead_id: signal.leadId });
    }
    return results;
  }

  private async keep(tx: Tx, strangers: Placed[]): Promise<Map<SignalItem, SignalResult & { ok: true }>> {
    const kept = strangers.map((one) => ({ item: one.item, signal: unknownSignalOf(one) }));
    const fresh = await this.identities.keep(tx, kept.map(({ signal }) => signal));
    const tenants = [...new Set(strangers.map(({ item }) => item.tenant))];
    if (tenants.length > 0) tx.afterCommit(() => this.attaching.nowWaiting(tenants));
    return new Map(kept.map(({ item, signal }) => [item, { ok: true, state: fresh.has(signal) ? 'waiting' : 'repeated', lead_id: null }]));
  }

  /** Whose cookies are said to be counts for the visits that come with it. */
  private async identify(tx: Tx, placed: Placed[]): Promise<void> {
    await this.identities.lockVisitors(tx, placed.flatMap(({ item: { tenant, visitor_id } }) => (visitor_id ? [{ tenant, visitor_id }] : [])));
    await this.identities.link(tx, placed.flatMap(({ item: { tenant, type, visitor_id }, at, person }) =>
      (type === IDENTIFY ? leadIn(person).map((lead_id) => ({ tenant, visitor_id: visitor_id!, lead_id, linked_at: at })) : [])));
  }

  /** Visits with the lead whose the cookie is, where it is one's. */
  private async owned(tx: Tx, visits: Placed[]): Promise<Placed[]> {
    const visitors = visits.map(({ item: { tenant, visitor_id } }) => ({ tenant, visitor_id: visitor_id! }));
    const links = await this.identities.linksOf(tx, visitors);
    return visits.map((visit, i) => {
      const leadId = ownerOfVisit(links.get(visitorKey(visitors[i])) ?? [], visit.at);
      return leadId === null ? visit : { ...visit, person: { leadId } };
    });
  }
}

const leadIn = (person: Person | DomainError): number[] => ('leadId' in person ? [person.leadId] : []);

const signalOf = ({ item, at }: Placed, leadId: number): LeadSignal => ({
  tenant: item.tenant, leadId, signal_id: item.id, type: item.type, at, properties: item.properties, cause: causedByRequest(item),
  ...(item.type === IDENTIFY ? { visitor_id: item.visitor_id } : {}),
});

const unknownSignalOf = ({ item, at, person }: Placed): UnknownSignal => ({
  ...person as UnknownIdentity, tenant: item.tenant, signal_id: item.id, type: item.type, at,
  properties: item.type === IDENTIFY ? { visitor_id: item.visitor_id } : item.properties ?? null,
});

function warningsOf({ tenant, type }: SignalItem, models: Models): { warnings?: Warning[] } {
  const rules = [models.active(tenant)!, ...models.segments(tenant)].flatMap(({ document }) => document.behavioral.signals);
  if (type === IDENTIFY || rules.some(({ signal }) => signal === type)) return {};
  return { warnings: [{ code: 'unscored_signal', detail: `The scoring model has no rule for ${type}: it is kept, and scores nothing`, type }] };
}
