import { Injectable } from '@nestjs/common';
import type { Account, Contact, Customer } from '@headwater/contracts';
import type { Queries, Tx } from '@headwater/platform';
import type { NewAccount, NewContact } from '../domain/new-records';

/** Whose a new record is. */
export interface InTenant { tenant_id: string }
interface InAccount {
  account_id: number;
  /** whether it is the first of a new account; of one that was there, it is when that has no contact yet */
  is_primary: boolean;
  /** tells a further record of a person from the first, which has 0 */
  duplicate_no: number;
}
export type NewCustomer = Pick<Customer, 'account_id' | 'contact_id' | 'type' | 'owner_id' | 'lead_id' | 'tags' | 'custom_fields'>;

export const ACCOUNT = `id, kind, name, domain, website, industry, employees, annual_revenue, street, city, state, postal_code,
  country, tags, custom_fields, filled_by, owner_id, lead_id, created_at, updated_at`;
export const CONTACT = `id, account_id, is_primary, salutation, first_name, last_name, full_name, job_title, email, phone, mobile,
  email_opt_out, do_not_call, consent, roles, tags, custom_fields, filled_by, lead_id, created_at,
  updated_at`;
/** A customer is read through its contact and its account, which keep what it shows. */
export const CUSTOMER = `customer.id, customer_number, first_name, last_name,
  case when account.kind = 'company' then account.name end as company_name,
  email, phone, type, status, customer.account_id, contact_id, customer.tags, customer.custom_fields, customer.owner_id, customer.lead_id,
  customer.created_at, customer.updated_at`;
export const OF_CONTACT_AND_ACCOUNT = `join contact on contact.id = customer.contact_id join account on account.id = customer.account_id`;

/** Every query over accounts, contacts and customers. */
@Injectable()
export class RecordsStore {
  /** Lets one transaction at a time look for a person or a company and create it; in one order, so that none waits for ever. */
  async lockKeys(tx: Tx, keys: string[]): Promise<void> {
    await tx.query(`
      select pg_advisory_xact_lock(hashtextextended(key, 0))
      from (select key from unnest($1::text[]) as wanted(key) order by hashtextextended(key, 0)) as ordered`, [keys]);
  }

  /** New accounts, in the order given. */
  insertAccounts(tx: Tx, accounts: (NewAccount & InTenant)[]): Promise<Account[]> {
    return inOrder(accounts, (given) => tx.query<Account>(`
      insert into account (tenant_id, kind, name, name_normalised, domain, website, industry, employees, annual_revenue,
        street, city, state, postal_code, country, owner_id, lead_id, tags, custom_fields)
      select * from jsonb_to_recordset($1::jsonb) as given(tenant_id text, kind text, name text, name_normalised text, domain text, website text,
        industry text, employees bigint, annual_revenue numeric, street text, city text, state text, postal_code text, country text, owner_id bigint,
        lead_id bigint, tags text[], custom_fields jsonb)
      returning ${ACCOUNT}`, [given]));
  }

  /** New contacts, in the order given. The accounts of those that aren't the primary one from the start are locked. */
  insertContacts(tx: Tx, contacts: (NewContact & InTenant & InAccount)[]): Promise<Contact[]> {
    return inOrder(contacts, (given) => tx.query<Contact>(`
      insert into contact (tenant_id, account_id, is_primary, salutation, first_name, last_name, full_name, job_title, email,
        email_normalised, phone, phone_digits, mobile, mobile_digits, email_opt_out, do_not_call, consent, lead_id, tags, custom_fields,
        duplicate_no)
      select tenant_id, account_id, is_primary or not exists (select from contact as other where other.account_id = given.account_id and other.is_primary),
        salutation, first_name, last_name, full_name, job_title, email, email_normalised, phone, phone_digits, mobile, mobile_digits, email_opt_out,
        do_not_call, consent, lead_id, tags, custom_fields, duplicate_no
      from jsonb_to_recordset($1::jsonb) as given(tenant_id text, account_id bigint, is_primary boolean, salutation text, first_name text, last_name text,
        full_name text, job_title text, email text, email_normalised text, phone text, phone_digits text, mobile text, mobile_digits text,
        email_opt_out boolean, do_not_call boolean, consent jsonb, lead_id bigint, tags text[], custom_fields jsonb, duplicate_no integer)
      returning ${CONTACT}`, [given]));
  }

  /** New customers, in the order given. */
  insertCustomers(tx: Tx, customers: (NewCustomer & InTenant)[]): Promise<Customer[]> {
    return inOrder(customers, (given) => tx.query<Customer>(`
      with created as (
        insert into customer (tenant_id, account_id, contact_id, type, owner_id, lead_id, tags, custom_fields)
        select * from jsonb_to_recordset($1::jsonb) as given(tenant_id text, account_id bigint, contact_id bigint, type text, owner_id bigint,
          lead_id bigint, tags text[], custom_fields jsonb)
        returning *
      )
      select ${CUSTOMER} from created as customer ${OF_CONTACT_AND_ACCOUNT}`, [given]));
  }

  async getAccount(queries: Queries, tenant: string, id: number): Promise<Account | undefined> {
    const [row] = await queries.query<Account>(`select ${ACCOUNT} from account where tenant_id = $1 and id = $2`, [tenant, id]);
    return row;
  }

  async getContact(queries: Queries, tenant: string, id: number): Promise<Contact | undefined> {
    const [row] = await queries.query<Contact>(`select ${CONTACT} from contact where tenant_id = $1 and id = $2`, [tenant, id]);
    return row;
  }

  async getCustomer(queries: Queries, tenant: string, id: number): Promise<Customer | undefined> {
    const [row] = await queries.query<Customer>(`
      select ${CUSTOMER} from customer ${OF_CONTACT_AND_ACCOUNT}
      where customer.tenant_id = $1 and customer.id = $2`, [tenant, id]);
    return row;
  }
}

/** Writes records of leads, each of another lead, in one statement. @returns what was written, in the order given */
export async function inOrder<Given extends { lead_id?: number | null }, Row extends { lead_id?: number | null }>(
  given: Given[], insert: (json: string) => Promise<Row[]>,
): Promise<Row[]> {
  if (given.length === 0) return [];
  const rows = new Map((await insert(JSON.stringify(given))).map((row) => [row.lead_id ?? null, row]));
  return given.map(({ lead_id }) => rows.get(lead_id ?? null)!);
}
