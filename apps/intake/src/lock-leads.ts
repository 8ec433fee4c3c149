import { Injectable } from '@nestjs/common';
import type { AnswerOf, ConvertedInto, Envelope, LeadConvertedData, LockConvertedLeads, QuestionOf } from '@headwater/contracts';
import { causedByEvent, Outbox, ToldEvents, type Cause } from '@headwater/messaging';
import { Database, faultPoint, type Tx } from '@headwater/platform';
import { leadUpdated } from './domain/lead-events';
import { KnowAccounts } from './matching/know-accounts';
import { LeadsStore } from './store/leads.store';

interface Conversion { tenant: string; lead_id: number; converted: ConvertedInto; cause: Cause }

/** Locks converted leads: told by conversion before it answers, and once more by the event, whichever comes first. */
@Injectable()
export class LockLeads {
  constructor(
    private readonly database: Database, private readonly outbox: Outbox, private readonly leads: LeadsStore, private readonly accounts: KnowAccounts,
    private readonly events: ToldEvents,
  ) {}

  onConverted(events: Envelope<LeadConvertedData>[], tx: Tx): Promise<void> {
    return this.lock(tx, events.map((event) => ({ tenant: event.tenantid, lead_id: event.data.lead_id, converted: event.data.into, cause: causedByEvent(event) })));
  }

  /** @param tenant whose lead it is: a foreign one is left alone */
  told(tenant: string, lead_id: number, converted: ConvertedInto): Promise<void> {
    return this.database.transaction((tx) => this.lock(tx, [{ tenant, lead_id, converted, cause: { correlationId: `convert ${lead_id}` } }]));
  }

  /** Several, likewise, with the records that they became; in the order of their ids. */
  async toldAll({ items }: QuestionOf<typeof LockConvertedLeads>): Promise<AnswerOf<typeof LockConvertedLeads>> {
    await this.events.during(items.flatMap(({ events = [] }) => events), () => this.database.transaction(async (tx) => {
      await this.lock(tx, items.map(({ tenant, lead_id, converted }) => ({ tenant, lead_id, converted, cause: { correlationId: `convert ${lead_id}` } })));
      await this.accounts.told(tx, items);
      faultPoint('conversion.before_lead_locked');
    }));
    return {};
  }

  private async lock(tx: Tx, conversions: Conversion[]): Promise<void> {
    const locked = await this.leads.markConverted(tx, conversions.map(({ tenant, lead_id, converted }) => ({ tenant, id: lead_id, converted })));
    await this.leads.releaseKeys(tx, locked.map(({ id }) => id));
    const causes = new Map(conversions.map(({ lead_id, cause }) => [lead_id, cause]));
    await this.outbox.add(tx, locked.map((lead) => ({ event: leadUpdated(lead, ['converted']), cause: causes.get(lead.id) as Cause })));
  }
}
