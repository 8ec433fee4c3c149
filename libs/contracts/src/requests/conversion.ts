import type { Context } from '../context';
import type { ErrorKind, Warning } from '../domain-error';
import type { Account, Contact, Customer, Opportunity } from '../conversion-records';
import type { ConvertedInto } from '../lead';
import { defineRequest } from '../request';
import type { BuyingRole, DuplicatePolicy, LossReason, Stage, Status } from '../vocabulary';
import type { RecordOverrides } from './record-overrides';
import type { Versioned } from './records';

export interface ConvertBody {
  create_customer?: boolean | null;
  create_opportunity?: boolean | null;
  opportunity_name?: string | null;
  opportunity_amount?: number | null;
  opportunity_currency?: string | null;
  opportunity_stage?: Stage | null;
  opportunity_close_date?: string | null;
  opportunity_probability?: number | null;
  opportunity_lost_reason?: LossReason | null;
  notes?: string | null;
  /** what to do about a person who is a customer or contact already; `error` when absent */
  duplicate_policy?: DuplicatePolicy | null;
  existing_account_id?: number | null;
  existing_contact_id?: number | null;
  existing_customer_id?: number | null;
  existing_opportunity_id?: number | null;
  /** what the person is to the opportunity, beside others who have a say in it */
  contact_role?: BuyingRole | null;
  field_overrides?: RecordOverrides | null;
  /** false: nobody is written to; true when absent */
  send_notification_email?: boolean | null;
}
/** A record of a conversion: whether it was there before, and which of its empty fields the lead filled. */
export interface Linked { linked?: boolean; filled?: string[] }
export interface ConvertAnswer {
  customer: Customer & Linked;
  account: Account & Linked & { linked: boolean };
  contact: Contact & Linked;
  opportunity?: Opportunity & Linked;
  contact_role?: BuyingRole;
  lead: { id: number; status: 'converted'; converted_at: string };
}
export const ConvertLead = defineRequest<
  { context: Context; lead_id: number; body: ConvertBody; expected_revision?: number },
  { message: string; data: ConvertAnswer; warnings?: Warning[] }
>('conversion', 'convert_lead');

/** A value that a lead gives to a record. */
export interface MappedValue {
  /** `account.name` */
  to: string;
  /** the lead's field, or `override` for what the caller gave */
  from: string;
  value: unknown;
}
export interface PlannedRecord {
  action: 'create' | 'link';
  /** of the one that is linked */
  id?: number;
  /** what it would hold, as far as it is known before */
  fields: Record<string, unknown>;
  /** of one that is linked: empty fields that the lead would fill */
  filled?: string[];
}
/** What a conversion would do. */
export interface ConversionPreview {
  lead: { id: number; status: Status };
  /** why it would be refused, every reason; it would succeed when empty */
  refusals: { status: ErrorKind; code: string; detail: string; [more: string]: unknown }[];
  account: PlannedRecord | null;
  contact: PlannedRecord | null;
  customer: PlannedRecord | null;
  opportunity: PlannedRecord | null;
  contact_role: BuyingRole | null;
  /** who would be taken for the person, and for the company */
  matches: {
    contacts: { contact_id: number; account_id: number; customer_id: number | null; customer_number: string | null }[];
    accounts: { account_id: number; name: string; by: 'domain' | 'name' }[];
  };
  mapping: { version: number; values: MappedValue[] };
  owner_id: number | null;
  /** whom the confirmation would go to */
  notify: string | null;
}
/** Says what `ConvertLead` would do; writes and reserves nothing. */
export const PreviewConversion = defineRequest<
  { context: Context; lead_id: number; body: ConvertBody; expected_revision?: number },
  { message: string; data: ConversionPreview; warnings?: Warning[] }
>('conversion', 'preview_conversion');

/**
 * Qualification asks the holder of an expired reservation: the holder's own transaction decides between what it has
 * finished and an abort, and answers which.
 */
export const SettleConversion = defineRequest<
  { tenant: string; lead_id: number; token: string },
  { outcome: { kind: 'aborted' } | { kind: 'done'; converted: ConvertedInto; actor: string } }
>('conversion', 'settle_conversion');

export const SearchCustomers = defineRequest<
  { context: Context; q: string; limit: number }, { customers: Customer[] }
>('conversion', 'search_customers');
export const GetCustomer = defineRequest<{ context: Context; id: number }, Versioned & { customer: Customer }>('conversion', 'get_customer');
export const GetAccount = defineRequest<{ context: Context; id: number }, Versioned & { account: Account }>('conversion', 'get_account');
export const GetContact = defineRequest<{ context: Context; id: number }, Versioned & { contact: Contact }>('conversion', 'get_contact');
export const GetOpportunity =
  defineRequest<{ context: Context; id: number }, Versioned & { opportunity: Opportunity }>('conversion', 'get_opportunity');

export interface CreateOpportunityBody {
  name: string;
  customer_id: number;
  lead_id?: number | null;
  value: number;
  currency?: string | null;
  stage?: Stage | null;
  probability?: number | null;
  expected_close_date?: string | null;
  notes?: string | null;
  lost_reason?: LossReason | null;
  owner_id?: number | null;
  tags?: string[] | null;
  custom_fields?: Record<string, unknown> | null;
}
export const CreateOpportunity = defineRequest<
  { context: Context; body: CreateOpportunityBody },
  Versioned & { opportunity: Opportunity; warnings?: Warning[] }
>('conversion', 'create_opportunity');
