import { Injectable } from '@nestjs/common';
import { LeadUpdated, type AnswerOf, type ConvertedInto, type Envelope, type LeadConvertedData, type LockConvertedLeads, type QuestionOf } from '@headwater/contracts';
import { causedByEvent, Outbox, ToldEvents, type Cause } from '@headwater/messaging';
import { Database, faultPoint, type Tx } from '@headwater/platform';
import { stateOf } from './domain/lead';
import { KnowAccounts } from './matching/know-accounts';
import { LeadsStore } from './store/leads.store';

interface Conversion { lead_id: number; converted: ConvertedInto; cause: Cause }

/** Locks converted leads: told by conversion before it answers, and once more by the event, whichever comes first. */
@Injectable()
export class LockLeads {
  constructor(
    private readonly database: Database, private readonly outbox: Outbox, private readonly leads: LeadsStore, private readonly accounts: KnowAccounts,
    private readonly events: ToldEvents,
  ) {}

  onConverted(events: Envelope<LeadConvertedData>[], tx: Tx): Promise<void> {
    return this.lock(tx, events.map((event) => ({ lead_id: event.data.lead_id, converted: event.data.into, cause: causedByEvent(event) })));
  }

  /** @param tenant whose lead it is: a foreign one is left alone */
  async told(tenant: string, lead_id: number, converted: ConvertedInto): Promise<void> {
    await this.database.transaction(async (tx) => {
      const [lead] = await this.leads.lock(tx, [{ tenant, id: lead_id }]);
      if (lead) await this.lock(tx, [{ lead_id, converted, cause: { correlationId: `convert ${lead_id}` } }]);
    });
  }

  /** Several, likewise, with the records that they became; in the order of their ids. */
  async toldAll({ items }: QuestionOf<typeof LockConvertedLeads>): Promise<AnswerOf<typeof LockConvertedLeads>> {
    const told = new Map(items.map((item) => [`${item.tenant} ${item.lead_id}`, item]));
    await this.events.during(items.flatMap(({ events = [] }) => events), () => this.database.transaction(async (tx) => {
      const leads = await this.leads.lock(tx, items.map(({ tenant, lead_id }) => ({ tenant, id: lead_id })));
      await this.lock(tx, leads.map(({ tenant_id, id }) => (
        { lead_id: id, converted: told.get(`${tenant_id} ${id}`)!.converted, cause: { correlationId: `convert ${id}` } })));
      await this.accounts.told(tx, items);
      faultPoint('conversion.before_lead_locked');
    }));
    return {};
  }

  private async lock(tx: Tx, conversions: Conversion[]): Promise<void> {
    const locked = await this.leads.markConverted(tx, conversions.map(({ lead_id, converted }) => ({ id: lead_id, converted })));
    await this.leads.releaseKeys(tx, locked.map(({ id }) => id));
    const causes = new Map(conversions.map(({ lead_id, cause }) => [lead_id, cause]));
    await this.outbox.add(tx, locked.map((lead) => ({
      event: LeadUpdated.ofLead(lead.tenant_id, { lead_id: lead.id, revision: lead.revision }, { lead: stateOf(lead), changed: ['converted'] }),
      cause: causes.get(lead.id) as Cause,
    })));
  }
}
