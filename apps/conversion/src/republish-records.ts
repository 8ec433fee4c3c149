import { Injectable } from '@nestjs/common';
import {
  AccountCreated, ContactCreated, CustomerCreated, OpportunityCreated,
  type Account, type Contact, type Customer, type NewEvent, type Opportunity,
} from '@headwater/contracts';
import { nextAfter, type Part, type Republisher } from '@headwater/messaging';
import type { Tx } from '@headwater/platform';
import { RecordsWalk, type Walked } from './store/records-walk.store';

/** Says again what every account, contact, customer and opportunity is. The four share the walk: id by id, whatever has it. */
@Injectable()
export class RepublishRecords implements Republisher {
  constructor(private readonly records: RecordsWalk) {}

  async republish(tx: Tx, part: Part): Promise<{ events: NewEvent[]; next: number | null }> {
    const ids = await this.records.nextIds(tx, part);
    const { tenant } = part;
    const accounts = await this.records.accounts(tx, tenant, ids);
    const contacts = await this.records.contacts(tx, tenant, ids);
    const customers = await this.records.customers(tx, tenant, ids);
    const opportunities = await this.records.opportunities(tx, tenant, ids);
    const events: NewEvent[] = [
      ...accounts.map((walked) => AccountCreated.of(walked.tenant, walked.record.id, { account: walked.record }, about(walked))),
      ...contacts.map((walked) => ContactCreated.of(walked.tenant, walked.record.id, { contact: walked.record }, about(walked))),
      ...customers.map((walked) => CustomerCreated.of(walked.tenant, walked.record.id, { customer: walked.record }, about(walked))),
      ...opportunities.map((walked) => OpportunityCreated.of(
        walked.tenant, walked.record.id, { opportunity: walked.record, attribution: walked.attribution }, about(walked))),
    ];
    return { events, next: nextAfter(ids, part.limit) };
  }
}

const about = ({ revision, record: { lead_id } }: Walked<Account | Contact | Customer | Opportunity>) =>
  ({ leadId: lead_id ?? undefined, revision });
