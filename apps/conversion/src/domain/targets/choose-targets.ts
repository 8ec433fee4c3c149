import {
  DomainError, type Account, type Contact, type ConvertBody, type Customer, type DuplicatePolicy, type Opportunity, type Warning,
} from '@headwater/contracts';
import { chooseAccount, type FoundCompany } from './choose-account';

/** Somebody with the same e-mail who is a contact already, and a customer where there is an id of one. */
export interface KnownPerson { contact_id: number; account_id: number; customer_id: number | null; customer_number: string | null }

/** The records that a caller named, as they are. */
export interface Named {
  account?: Account;
  contact?: Contact & { customer_id: number | null };
  customer?: Customer;
  opportunity?: Opportunity;
}

export interface Wishes {
  policy: DuplicatePolicy;
  /** whether the caller may make a second record of a person */
  mayForce: boolean;
}

/** What a lead becomes part of; null stands for a record that is to be made. */
export interface Targets {
  accountId: number | null;
  contactId: number | null;
  customerId: number | null;
  opportunityId: number | null;
  warnings: Warning[];
}

type People = Pick<Targets, 'accountId' | 'contactId' | 'customerId'>;

/**
 * Decides what a lead becomes part of: what the caller named, else whom the e-mail and the company tell of.
 * @param people with the lead's e-mail @param companies with its domain, or its name in its country
 * @throws DomainError 422 `contact_not_of_account`, `contact_not_of_customer`, `account_not_of_customer`, `opportunity_not_of_account`;
 * 409 `customer_exists`, `contact_ambiguous`, `contact_of_another_account`, each with candidates; 403 for a second record of a person
 */
export function chooseTargets(named: Named, people: KnownPerson[], companies: FoundCompany[], wishes: Wishes): Targets {
  const given = namedPeople(named);
  const inDeal = withOpportunity(given, named.opportunity);
  const person = inDeal.contactId === null ? choosePerson(people, inDeal.accountId, wishes) : null;
  const chosen: People = person
    ? { accountId: person.account_id, contactId: person.contact_id, customerId: person.customer_id } : inDeal;
  const opportunityId = named.opportunity?.id ?? null;
  if (chosen.accountId !== null) return { ...chosen, opportunityId, warnings: [] };
  const { accountId, warnings } = chooseAccount(companies);
  return { ...chosen, accountId, opportunityId, warnings };
}

function namedPeople({ account, contact, customer }: Named): People {
  if (customer) {
    if (contact && contact.id !== customer.contact_id) {
      throw DomainError.invalidField('existing_contact_id', 'contact_not_of_customer', `Contact ${contact.id} is not the contact of customer ${customer.id}`);
    }
    if (account && account.id !== customer.account_id) {
      throw DomainError.invalidField('existing_account_id', 'account_not_of_customer', `Account ${account.id} is not the account of customer ${customer.id}`);
    }
    return { accountId: customer.account_id, contactId: customer.contact_id, customerId: customer.id };
  }
  if (contact) {
    if (account && account.id !== contact.account_id) {
      throw DomainError.invalidField('existing_contact_id', 'contact_not_of_account', `Contact ${contact.id} does not belong to account ${account.id}`);
    }
    return { accountId: contact.account_id, contactId: contact.id, customerId: contact.customer_id };
  }
  return { accountId: account?.id ?? null, contactId: null, customerId: null };
}

function withOpportunity(people: People, opportunity: Opportunity | undefined): People {
  if (!opportunity) return people;
  if (people.accountId !== null && people.accountId !== opportunity.account_id) {
    throw DomainError.invalidField('existing_opportunity_id', 'opportunity_not_of_account',
      `Opportunity ${opportunity.id} does not belong to account ${people.accountId}`);
  }
  return { ...people, accountId: opportunity.account_id };
}

/** @returns who is joined; null for somebody new */
function choosePerson(people: KnownPerson[], accountId: number | null, { policy, mayForce }: Wishes): KnownPerson | null {
  if (people.length === 0) return null;
  const candidates = people.map(({ customer_id, customer_number, contact_id, account_id }) => ({ customer_id, customer_number, contact_id, account_id }));
  if (policy === 'error') throw DomainError.conflict('customer_exists', 'Customer with this email already exists', { candidates });
  if (policy === 'create') {
    if (mayForce) return null;
    throw new DomainError({ kind: 'forbidden', code: 'forbidden', detail: 'A second record of a person needs the scope leads:force_duplicate' });
  }
  const fitting = accountId === null ? people : people.filter(({ account_id }) => account_id === accountId);
  if (fitting.length === 1) return fitting[0];
  if (fitting.length === 0) {
    throw DomainError.conflict('contact_of_another_account', `Who has this e-mail is no contact of account ${accountId}`, { candidates });
  }
  throw DomainError.conflict('contact_ambiguous', `${fitting.length} contacts have this e-mail: name one as existing_contact_id`, { candidates });
}

/** What is named in a request, and the field that names it. */
export const NAMING = {
  account: 'existing_account_id', contact: 'existing_contact_id', customer: 'existing_customer_id', opportunity: 'existing_opportunity_id',
} as const satisfies Record<keyof Named, keyof ConvertBody>;

/** @throws DomainError 422 for each record that is named and isn't there, or is another tenant's */
export function mustBeThere(named: Named, body: ConvertBody): void {
  const kinds = Object.keys(NAMING) as (keyof Named)[];
  const errors = kinds.filter((kind) => body[NAMING[kind]] != null && !named[kind]).map((kind) => ({
    field: NAMING[kind], code: `unknown_${kind}`, detail: `There is no ${kind} with the id ${body[NAMING[kind]]}`,
  }));
  if (errors.length > 0) throw DomainError.invalid(errors);
}
