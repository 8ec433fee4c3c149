import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { FindLeads, GetIdentities, IDENTIFY } from '@headwater/contracts';
import { Loop, Requester } from '@headwater/messaging';
import { Database } from '@headwater/platform';
import { KnowLeads } from '../know-leads';
import { IdentitiesStore, type UnknownIdentity } from '../store/identities.store';
import { keyOf, type LeadKey } from '../store/scores.store';
import { AddSignals, asSignalOf } from './add-signals';

const POLL_MS = 1_000;
/** Of one question to intake, and of one transaction. */
const BATCH = 200;
/** Leads that were seen and not looked at yet; beyond it intake is asked in its turn, as if they had not been seen. */
const MOST_SEEN = 5_000;

/** Who somebody turns out to be, as intake says. */
interface Known extends UnknownIdentity { leadId: number }

/**
 * Gives what somebody unknown did to their lead, once it appears: at once when its event was seen here, else when it is time to ask
 * intake again. A loop in each replica; for tenants for whom nobody waits it does nothing.
 */
@Injectable()
export class AttachSignals extends Loop {
  protected readonly whenFailed = 'Signals of unknown people wait longer';
  private waiting = new Set<string>();
  private seen: LeadKey[] = [];

  constructor(
    private readonly database: Database, private readonly requester: Requester, private readonly identities: IdentitiesStore,
    private readonly leads: KnowLeads, private readonly signals: AddSignals,
  ) {
    super();
  }

  /** Intake said something new of these leads: somebody unknown may be one of them. On the hot path: a look into memory, no more. */
  sawLeads(leads: LeadKey[]): void {
    if (this.waiting.size === 0 || this.seen.length >= MOST_SEEN) return;
    const seen = leads.filter(({ tenant }) => this.waiting.has(tenant)).map(({ tenant, leadId }) => ({ tenant, leadId }));
    if (seen.length === 0) return;
    this.seen.push(...seen);
    this.wake();
  }

  /** From now on somebody waits in these tenants. */
  nowWaiting(tenants: string[]): void {
    for (const tenant of tenants) this.waiting.add(tenant);
  }

  protected async round(): Promise<number> {
    const seen = this.seen.splice(0);
    this.waiting = new Set(await this.identities.waitingTenants(this.database));
    if (this.waiting.size === 0) return POLL_MS;
    await this.askForThoseOf(seen);
    const due = await this.identities.claimDue(this.database, BATCH);
    await this.attach(await this.knownAmong(due));
    return due.length < BATCH ? POLL_MS : 0;
  }

  private async askForThoseOf(seen: LeadKey[]): Promise<void> {
    for (let from = 0; from < seen.length; from += BATCH) {
      const leads = seen.slice(from, from + BATCH).map(({ tenant, leadId }) => ({ tenant, lead_id: leadId }));
      const { identities } = await this.requester.ask(GetIdentities, { leads });
      await this.identities.askNow(this.database, identities);
    }
  }

  private async knownAmong(due: UnknownIdentity[]): Promise<Known[]> {
    if (due.length === 0) return [];
    const { found } = await this.requester.ask(FindLeads, { identities: due.map(({ tenant, kind, value }) => ({ tenant, kind: kind as 'email', value })) });
    return due.flatMap((identity, i) => (found[i].lead_id === null ? [] : [{ ...identity, leadId: found[i].lead_id }]));
  }

  /** Taken out and given to the lead in one transaction: once, however many do it. */
  private async attach(known: Known[]): Promise<void> {
    if (known.length === 0) return;
    const there = await this.leads.knowAll(known);
    const people = known.filter((one) => there.has(keyOf(one)));
    const leadOf = new Map(people.map((one) => [nameOf(one), one.leadId]));
    await this.database.transaction(async (tx) => {
      const kept = await this.identities.takeOut(tx, people);
      const cause = { correlationId: randomUUID() };
      await this.signals.add(tx, kept.map((signal) => ({
        ...asSignalOf(signal, leadOf.get(nameOf(signal))!, cause),
        ...(signal.type === IDENTIFY ? { visitor_id: visitorIn(signal.properties) } : {}),
      })));
    });
  }
}

const nameOf = ({ tenant, kind, value }: UnknownIdentity): string => [tenant, kind, value].join(' ');

/** What `identify` said of somebody whom nobody knew yet. */
const visitorIn = (properties: object | null): string | null => (properties as { visitor_id?: string } | null)?.visitor_id ?? null;
