import type { Context } from '../context';
import type { Account, Contact, Customer } from '../conversion-records';
import type { Warning } from '../domain-error';
import { CustomFields, Flag, Id, Integer, Money, OneOf, Pattern, Text, Texts } from '../field';
import { MOST_CUSTOM_FIELDS, MOST_TAGS } from '../lead';
import { defineRequest } from '../request';
import { BUYING_ROLES, type BuyingRole } from '../vocabulary';

const OWNER = 'id of the rep who owns it';

/** What people write on any of the four kinds of record. Null empties; `custom_fields` are merged by key, `tags` replaced. */
export class RecordFields {
  @Texts(MOST_TAGS, 60) tags?: string[] | null;
  @CustomFields(MOST_CUSTOM_FIELDS) custom_fields?: Record<string, unknown> | null;
}

/** What is known of a company, by whomever it is said. */
export class AccountFacts extends RecordFields {
  @Text(253, { description: 'by which new people of the company are known', example: 'techcorp.com' }) domain?: string | null;
  @Text(500) website?: string | null;
  @Text(80, { example: 'technology' }) industry?: string | null;
  @Integer(0, 100_000_000, { example: 250 }) employees?: number | null;
  @Money() annual_revenue?: number | null;
  @Text(200) street?: string | null;
  @Text(100) city?: string | null;
  @Text(100) state?: string | null;
  @Text(20) postal_code?: string | null;
  @Pattern(/^[A-Za-z]{2}$/, 2, { description: 'ISO 3166-1 alpha-2', example: 'US' }) country?: string | null;
}
class AccountFields extends AccountFacts {
  @Id({ description: OWNER }) owner_id?: number | null;
}
/** Body of `PATCH /accounts/{id}`. */
export class PatchAccountRequest extends AccountFields {
  @Text(200, { example: 'TechCorp International' }) name?: string | null;
}
/** Body of `POST /accounts`. */
export class CreateAccountRequest extends AccountFields {
  @Text(200, { required: true, example: 'TechCorp Inc' }) name: string;
  @OneOf(['company', 'person'], { description: 'company when absent' }) kind?: 'company' | 'person' | null;
}

/** What is known of a person. */
export class ContactFacts extends RecordFields {
  @Text(40) salutation?: string | null;
  @Text(100, { example: 'Sarah' }) first_name?: string | null;
  @Text(100, { example: 'Johnson' }) last_name?: string | null;
  @Text(200, { description: 'made of first and last name when absent' }) full_name?: string | null;
  @Text(150, { example: 'CTO' }) job_title?: string | null;
  @Text(320, { example: 'sarah.johnson@techcorp.com' }) email?: string | null;
  @Text(60) phone?: string | null;
  @Text(60) mobile?: string | null;
  @Flag() email_opt_out?: boolean | null;
  @Flag() do_not_call?: boolean | null;
}
/** Body of `PATCH /contacts/{id}`. */
export class PatchContactRequest extends ContactFacts {
  @Texts(BUYING_ROLES.length, 40, { description: `of ${BUYING_ROLES.join(', ')}`, example: ['decision_maker'] }) roles?: BuyingRole[] | null;
  @Flag({ description: 'true makes it the primary contact instead of the one that is; the first of an account always is' }) is_primary?: boolean | null;
}
/** Body of `POST /contacts`: with a name, an e-mail or a phone at least. */
export class CreateContactRequest extends PatchContactRequest {
  @Id({ required: true, example: 345 }) account_id: number;
}

const CUSTOMER_TYPES = ['individual', 'organization'] as const;
const CUSTOMER_STATUSES = ['active', 'inactive'] as const;

/** Body of `PATCH /customers/{id}`. Names, e-mail and phone are written to its contact, the company's name to its account. */
export class PatchCustomerRequest extends RecordFields {
  @Text(100) first_name?: string | null;
  @Text(100) last_name?: string | null;
  @Text(200) company_name?: string | null;
  @Text(320) email?: string | null;
  @Text(60) phone?: string | null;
  @OneOf(CUSTOMER_TYPES) type?: Customer['type'] | null;
  @OneOf(CUSTOMER_STATUSES) status?: Customer['status'] | null;
  @Id({ description: OWNER }) owner_id?: number | null;
}
/** Body of `POST /customers`. */
export class CreateCustomerRequest extends RecordFields {
  @Id({ required: true, example: 345 }) account_id: number;
  @Id({ required: true, example: 456, description: 'of that account' }) contact_id: number;
  @OneOf(CUSTOMER_TYPES, { description: 'individual when absent' }) type?: Customer['type'] | null;
  @Id({ description: `${OWNER}; the account's when absent` }) owner_id?: number | null;
}

export interface AccountFilter { q?: string; kind?: Account['kind']; domain?: string; country?: string; owner_id?: number; tag?: string }
export interface ContactFilter { q?: string; account_id?: number; email?: string; is_primary?: boolean; tag?: string }
export interface CustomerFilter { account_id?: number; type?: Customer['type']; status?: Customer['status']; owner_id?: number; tag?: string }

/** Says which state of a record an answer shows; opaque, compared as it is. */
export interface Versioned { version: string }
/** The version that a change is based on; without one, on whatever is there. */
interface Change<Patch> { context: Context; id: number; patch: Patch; expected_version?: string }
interface List<Filter> { context: Context; filter: Filter; cursor?: string; limit: number }
interface Page { next_cursor: string | null }

export const ListAccounts = defineRequest<List<AccountFilter>, Page & { accounts: Account[] }>('conversion', 'list_accounts');
export const CreateAccount = defineRequest<
  { context: Context; body: CreateAccountRequest }, Versioned & { account: Account; warnings?: Warning[] }
>('conversion', 'create_account');
export const UpdateAccount = defineRequest<Change<PatchAccountRequest>, Versioned & { account: Account }>('conversion', 'update_account');

export const ListContacts = defineRequest<List<ContactFilter>, Page & { contacts: Contact[] }>('conversion', 'list_contacts');
export const CreateContact = defineRequest<
  { context: Context; body: CreateContactRequest }, Versioned & { contact: Contact }
>('conversion', 'create_contact');
export const UpdateContact = defineRequest<Change<PatchContactRequest>, Versioned & { contact: Contact }>('conversion', 'update_contact');

export const ListCustomers = defineRequest<List<CustomerFilter>, Page & { customers: Customer[] }>('conversion', 'list_customers');
export const CreateCustomer = defineRequest<
  { context: Context; body: CreateCustomerRequest }, Versioned & { customer: Customer }
>('conversion', 'create_customer');
export const UpdateCustomer = defineRequest<Change<PatchCustomerRequest>, Versioned & { customer: Customer }>('conversion', 'update_customer');
