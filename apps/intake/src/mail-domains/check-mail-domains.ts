import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Loop, Outbox } from '@headwater/messaging';
import { Database, nowOf, type Tx } from '@headwater/platform';
import { readEmail } from '../domain/email';
import type { Lead } from '../domain/lead';
import { leadUpdated } from '../domain/lead-events';
import { INTAKE_CONFIG, type IntakeConfig } from '../intake.config';
import { LeadsStore } from '../store/leads.store';
import { untilNotBeaten } from '../store/until-not-beaten';
import { AskDns } from './ask-dns';

interface Due { tenant: string; id: number; domain: string }

const AT_A_TIME = 32;
const IDLE_MS = 60_000;
/** More are left out: they are asked about when they come again. */
const MOST_WAITING = 50_000;

/**
 * Finds out, after the answer, whether the domain of an address takes mail, where a resolver is configured. It is a fact beside the lead,
 * no promise: what a process that ends had before it stays unknown until the person comes again.
 */
@Injectable()
export class CheckMailDomains extends Loop {
  protected readonly whenFailed = 'What is known of mail domains could not be written';
  private readonly dns: AskDns | null;
  private readonly waiting: Due[] = [];

  constructor(
    @Inject(INTAKE_CONFIG) { MX_RESOLVERS }: IntakeConfig, private readonly database: Database, private readonly outbox: Outbox,
    private readonly leads: LeadsStore,
  ) {
    super();
    this.dns = MX_RESOLVERS ? new AskDns(MX_RESOLVERS) : null;
  }

  override onApplicationBootstrap(): void {
    if (this.dns) super.onApplicationBootstrap();
  }

  /** Within a transaction that writes leads: those of which it isn't known yet are looked at once it is committed. */
  after(tx: Tx, leads: () => Lead[]): void {
    if (!this.dns) return;
    tx.afterCommit(() => {
      const due = leads().filter(({ facts }) => facts.email_valid && (facts.email_mx ?? null) === null);
      this.waiting.push(...due.slice(0, MOST_WAITING - this.waiting.length).map(({ tenant_id, id, profile }) =>
        ({ tenant: tenant_id, id, domain: readEmail(profile.email).domain as string })));
      if (due.length > 0) this.wake();
    });
  }

  protected async round(): Promise<number> {
    const due = this.waiting.splice(0, AT_A_TIME);
    if (!this.dns || due.length === 0) return IDLE_MS;
    await this.check(this.dns, due);
    return 0;
  }

  private async check(dns: AskDns, due: Due[]): Promise<void> {
    const asked = new Map([...new Set(due.map(({ domain }) => domain))].map((domain) => [domain, dns.takesMail(domain)]));
    const known = new Map<string, boolean>();
    for (const [domain, answer] of asked) {
      const takesMail = await answer;
      if (takesMail !== null) known.set(domain, takesMail);
    }
    const told = due.filter(({ domain }) => known.has(domain));
    await untilNotBeaten(() => this.database.transaction((tx) => this.write(tx, told, known)));
  }

  private async write(tx: Tx, due: Due[], known: Map<string, boolean>): Promise<void> {
    if (due.length === 0) return;
    const now = await nowOf(tx);
    const leads = await this.leads.lock(tx, [...new Map(due.map((one) => [one.id, one])).values()]);
    const changed = leads.flatMap((lead): Lead[] => {
      const { domain } = readEmail(lead.profile.email); // it may be another by now
      const email_mx = domain === null ? undefined : known.get(domain);
      if (lead.converted || lead.merged_into !== null || email_mx === undefined || lead.facts.email_mx === email_mx) return [];
      return [{ ...lead, facts: { ...lead.facts, email_mx }, revision: lead.revision + 1, updated_at: now }];
    });
    await this.leads.save(tx, changed);
    await this.outbox.add(tx, changed.map((lead) => ({
      event: leadUpdated(lead, ['email_mx']),
      cause: { correlationId: randomUUID() },
    })));
  }
}
