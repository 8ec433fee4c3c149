import type { Context } from '../context';
import type { Warning } from '../domain-error';
import type { Account, Contact, Customer, Opportunity } from '../conversion-records';
import type { ConvertedInto } from '../lead';
import { defineRequest } from '../request';
import type { Stage } from '../vocabulary';

export interface ConvertBody {
  create_customer?: boolean | null;
  create_opportunity?: boolean | null;
  opportunity_name?: string | null;
  opportunity_amount?: number | null;
  opportunity_stage?: Stage | null;
  opportunity_close_date?: string | null;
  opportunity_probability?: number | null;
  notes?: string | null;
}
export interface ConvertAnswer {
  customer: Customer;
  account: Account & { linked: boolean };
  contact: Contact;
  opportunity?: Opportunity;
  lead: { id: number; status: 'converted'; converted_at: string };
}
export const ConvertLead = defineRequest<
  { context: Context; lead_id: number; body: ConvertBody },
  { message: string; data: ConvertAnswer; warnings?: Warning[] }
>('conversion', 'convert_lead');

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
export const GetCustomer = defineRequest<{ context: Context; id: number }, { customer: Customer }>('conversion', 'get_customer');
export const GetAccount = defineRequest<{ context: Context; id: number }, { account: Account }>('conversion', 'get_account');
export const GetContact = defineRequest<{ context: Context; id: number }, { contact: Contact }>('conversion', 'get_contact');
export const GetOpportunity =
  defineRequest<{ context: Context; id: number }, { opportunity: Opportunity }>('conversion', 'get_opportunity');

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
}
export const CreateOpportunity = defineRequest<
  { context: Context; body: CreateOpportunityBody },
  { opportunity: Opportunity; warnings?: Warning[] }
>('conversion', 'create_opportunity');
