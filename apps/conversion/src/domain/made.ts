import type { Account, BuyingRole, Contact, ConvertAnswer, Customer, Linked, Opportunity } from '@headwater/contracts';

/** A record of a conversion. */
export interface Made<Record> {
  record: Record;
  /** it was there before */
  linked: boolean;
  /** its fields that were empty and that the lead filled */
  filled: string[];
  /** 1 when it was made; null when it was there before and is as it was */
  revision: number | null;
}

/** Every record starts with this revision. */
const FIRST = 1;

export interface MadeRecords {
  account: Made<Account>;
  contact: Made<Contact>;
  customer: Made<Customer>;
  opportunity?: Made<Opportunity>;
  contactRole?: BuyingRole;
}

export const created = <Record>(record: Record): Made<Record> => ({ record, linked: false, filled: [], revision: FIRST });

/** As it is answered: of one that was there before, that it was, and what the lead filled. */
const answered = <Record extends object>({ record, linked, filled }: Made<Record>): Record & Linked =>
  ({ ...record, ...(linked && { linked, filled }) });

export const answeredRecords = ({ account, contact, customer, opportunity, contactRole }: MadeRecords): Omit<ConvertAnswer, 'lead'> => ({
  customer: answered(customer), account: { linked: false, ...answered(account) }, contact: answered(contact),
  ...(opportunity && { opportunity: answered(opportunity) }),
  ...(contactRole && { contact_role: contactRole }),
});
