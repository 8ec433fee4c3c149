import { Injectable } from '@nestjs/common';
import type { Account, Contact, Customer } from '@headwater/contracts';
import type { Database, Tx } from '@headwater/platform';
import type { NewAccount, NewContact } from '../domain/new-records';

type Reader = Pick<Tx | Database, 'query'>;

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

  async insertAccount(tx: Tx, tenant: string, account: NewAccount): Promise<Account> {
    const [row] = await tx.query<Account>(`
      insert into account (tenant_id, kind, name, name_normalised, domain, website, industry, employees, annual_revenue,
        street, city, state, postal_code, country, owner_id, lead_id, tags, custom_fields)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
      returning ${ACCOUNT}`, [
      tenant, account.kind, account.name, account.name_normalised, account.domain, account.website, account.industry,
      account.employees, account.annual_revenue, account.street, account.city, account.state, account.postal_code,
      account.country, account.owner_id, account.lead_id, account.tags, account.custom_fields && JSON.stringify(account.custom_fields),
    ]);
    return row;
  }

  /**
   * @param isPrimary whether it is the first of a new account; of one that was there, it is when that has no contact yet
   * @param duplicateNo tells a further record of a person from the first, which has 0
   */
  async insertContact(
    tx: Tx, tenant: string, accountId: number, isPrimary: boolean, contact: NewContact, duplicateNo = 0,
  ): Promise<Contact> {
    // Whoever else adds a contact to the account waits for this transaction, and sees its contact.
    if (!isPrimary) await tx.query('select from account where tenant_id = $1 and id = $2 for no key update', [tenant, accountId]);
    const [row] = await tx.query<Contact>(`
      insert into contact (tenant_id, account_id, is_primary, salutation, first_name, last_name, full_name, job_title, email,
        email_normalised, phone, phone_digits, mobile, mobile_digits, email_opt_out, do_not_call, consent, lead_id, tags, custom_fields,
        duplicate_no)
      values ($1, $2, $3 or not exists (select from contact where account_id = $2 and is_primary), $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,
        $14, $15, $16, $17, $18, $19, $20, $21)
      returning ${CONTACT}`, [
      tenant, accountId, isPrimary, contact.salutation, contact.first_name, contact.last_name, contact.full_name,
      contact.job_title, contact.email, contact.email_normalised, contact.phone, contact.phone_digits, contact.mobile,
      contact.mobile_digits, contact.email_opt_out, contact.do_not_call, contact.consent && JSON.stringify(contact.consent),
      contact.lead_id, contact.tags, contact.custom_fields && JSON.stringify(contact.custom_fields), duplicateNo,
    ]);
    return row;
  }

  async insertCustomer(
    tx: Tx, tenant: string, customer: Pick<Customer, 'account_id' | 'contact_id' | 'type' | 'owner_id' | 'lead_id' | 'tags' | 'custom_fields'>,
  ): Promise<Customer> {
    const [row] = await tx.query<Customer>(`
      with created as (
        insert into customer (tenant_id, account_id, contact_id, type, owner_id, lead_id, tags, custom_fields)
        values ($1, $2, $3, $4, $5, $6, $7, $8) returning *
      )
      select ${CUSTOMER} from created as customer ${OF_CONTACT_AND_ACCOUNT}`,
      [tenant, customer.account_id, customer.contact_id, customer.type, customer.owner_id, customer.lead_id, customer.tags,
        customer.custom_fields && JSON.stringify(customer.custom_fields)]);
    return row;
  }

  async getAccount(reader: Reader, tenant: string, id: number): Promise<Account | undefined> {
    const [row] = await reader.query<Account>(`select ${ACCOUNT} from account where tenant_id = $1 and id = $2`, [tenant, id]);
    return row;
  }

  async getContact(reader: Reader, tenant: string, id: number): Promise<Contact | undefined> {
    const [row] = await reader.query<Contact>(`select ${CONTACT} from contact where tenant_id = $1 and id = $2`, [tenant, id]);
    return row;
  }

  async getCustomer(reader: Reader, tenant: string, id: number): Promise<Customer | undefined> {
    const [row] = await reader.query<Customer>(`
      select ${CUSTOMER} from customer ${OF_CONTACT_AND_ACCOUNT}
      where customer.tenant_id = $1 and customer.id = $2`, [tenant, id]);
    return row;
  }
}
