import {
  AccountCreated, AccountUpdated, ContactCreated, ContactUpdated, CustomerCreated, CustomerUpdated, LeadConverted, type RecordsTold,
} from '@headwater/contracts';
import type { Made, MadeRecords } from './made';

/** What the events of a conversion say that others are told of before they come. */
export interface News {
  records: RecordsTold;
  /** ids of the events that tell of those records, and of the one that tells of the lead */
  ofRecords: string[];
  ofLead: string[];
}

const OF_RECORDS = new Set([AccountCreated, AccountUpdated, ContactCreated, ContactUpdated, CustomerCreated, CustomerUpdated].map(({ type }) => type));

/** @param events of the conversion */
export function newsOf({ account, contact, customer }: MadeRecords, events: { type: string; id: string }[]): News {
  const idsOf = (isMeant: (type: string) => boolean) => events.filter(({ type }) => isMeant(type)).map(({ id }) => id);
  return {
    records: {
      account: changed(account, ({ id, name, domain, owner_id }) => ({ id, name, domain, owner_id })),
      contact: changed(contact, ({ id, account_id, email }) => ({ id, account_id, email })),
      customer: changed(customer, ({ contact_id, account_id, owner_id }) => ({ contact_id, account_id, owner_id })),
    },
    ofRecords: idsOf((type) => OF_RECORDS.has(type)),
    ofLead: idsOf((type) => type === LeadConverted.type),
  };
}

/** A record that was there and is as it was has no event. */
const changed = <Record, Told>({ record, revision }: Made<Record>, pick: (record: Record) => Told): (Told & { revision: number }) | undefined =>
  (revision === null ? undefined : { ...pick(record), revision });
