import { Injectable } from '@nestjs/common';
import type { Account, Contact, Customer } from '@headwater/contracts';
import type { Queries, Tx } from '@headwater/platform';
import { ACCOUNT, CONTACT, CUSTOMER, OF_CONTACT_AND_ACCOUNT } from './records.store';

type Columns = Record<string, unknown>;

/** A record with what says which state of it this is. */
export interface Kept<Record> {
  record: Record;
  /** 1 when it was made, raised by every change */
  revision: number;
  /** opaque: of all that the record shows */
  version: string;
}

interface Row { revision_of: number; version_of: string }

const DOCUMENTS = new Set(['custom_fields', 'consent']);
const TABLES = ['account', 'contact', 'customer'] as const;
type Table = (typeof TABLES)[number];

const OWN_VERSION = 'revision as revision_of, revision::text as version_of';
/** A customer shows what its contact and its account keep. */
const CUSTOMER_VERSION = `customer.revision as revision_of, concat_ws('.', customer.revision, contact.revision, account.revision) as version_of`;

/** Every statement that makes or changes one account, contact or customer, and the reads with their version. */
@Injectable()
export class RecordWrites {
  account(queries: Queries, tenant: string, id: number): Promise<Kept<Account> | null> {
    return one(queries.query(`select ${ACCOUNT}, ${OWN_VERSION} from account where tenant_id = $1 and id = $2`, [tenant, id]));
  }

  contact(queries: Queries, tenant: string, id: number): Promise<Kept<Contact> | null> {
    return one(queries.query(`select ${CONTACT}, ${OWN_VERSION} from contact where tenant_id = $1 and id = $2`, [tenant, id]));
  }

  customer(queries: Queries, tenant: string, id: number): Promise<Kept<Customer> | null> {
    return one(queries.query(`
      select ${CUSTOMER}, ${CUSTOMER_VERSION} from customer ${OF_CONTACT_AND_ACCOUNT} where customer.tenant_id = $1 and customer.id = $2`, [tenant, id]));
  }

  /** The customer that a contact is, if it is one. */
  customersOf(
    queries: Queries, tenant: string, contactId: number,
  ): Promise<{ customer_id: number; customer_number: string; contact_id: number; account_id: number }[]> {
    return queries.query(
      'select id as customer_id, customer_number, contact_id, account_id from customer where tenant_id = $1 and contact_id = $2', [tenant, contactId]);
  }

  /** The contacts with an e-mail, with their customer where they are one. */
  contactsOf(
    queries: Queries, tenant: string, emailNormalised: string,
  ): Promise<{ customer_id: number | null; customer_number: string | null; contact_id: number; account_id: number }[]> {
    return queries.query(`
      select customer.id as customer_id, customer_number, contact.id as contact_id, contact.account_id
      from contact left join customer on customer.contact_id = contact.id
      where contact.tenant_id = $1 and email_normalised = $2 order by contact.id limit 10`, [tenant, emailNormalised]);
  }

  /** Companies of the same domain, or of the same name in the same country. */
  similarAccounts(
    queries: Queries, tenant: string, { domain, name_normalised, country }: Columns,
  ): Promise<{ account_id: number; name: string; domain: string | null }[]> {
    return queries.query(`
      select id as account_id, name, domain from account
      where tenant_id = $1 and kind = 'company' and (domain = $2 or (name_normalised = $3 and country is not distinct from $4))
      order by id limit 10`, [tenant, domain ?? null, name_normalised ?? null, country ?? null]);
  }

  /**
   * Holds a record against other changes until the transaction ends. Whoever needs several takes them in this order: account,
   * contacts, customer.
   */
  async lock(tx: Tx, table: Table, tenant: string, id: number): Promise<void> {
    await tx.query(`select from ${table} where tenant_id = $1 and id = $2 for no key update`, [tenant, id]);
  }

  /** @returns the new id */
  async insert(tx: Tx, table: Table, tenant: string, columns: Columns): Promise<number> {
    const names = Object.keys(columns);
    const [row] = await tx.query<{ id: number }>(`
      insert into ${table} (${['tenant_id', ...names].join(', ')}) values (${['$1', ...names.map((_, i) => `$${i + 2}`)].join(', ')}) returning id`,
      [tenant, ...names.map((name) => stored(name, columns[name]))]);
    return row.id;
  }

  /** Writes the columns that are given and raises the revision. */
  async update(tx: Tx, table: Table, tenant: string, id: number, columns: Columns): Promise<void> {
    const names = Object.keys(columns);
    await tx.query(`
      update ${table} set ${[...names.map((name, i) => `${name} = $${i + 3}`), 'revision = revision + 1', 'updated_at = now()'].join(', ')}
      where tenant_id = $1 and id = $2`, [tenant, id, ...names.map((name) => stored(name, columns[name]))]);
  }

  /** @returns the contact that was the primary one of the account, and is it no more */
  async clearPrimary(tx: Tx, tenant: string, accountId: number): Promise<number | null> {
    const [row] = await tx.query<{ id: number }>(`
      with cleared as (
        update contact set is_primary = false, revision = revision + 1, updated_at = now()
        where tenant_id = $1 and account_id = $2 and is_primary returning id
      )
      select id from cleared`, [tenant, accountId]);
    return row?.id ?? null;
  }

  async hasPrimary(tx: Tx, tenant: string, accountId: number): Promise<boolean> {
    const rows = await tx.query('select from contact where tenant_id = $1 and account_id = $2 and is_primary', [tenant, accountId]);
    return rows.length > 0;
  }
}

/** node-postgres makes arrays of PostgreSQL of lists, which documents are not. */
const stored = (name: string, value: unknown): unknown => (DOCUMENTS.has(name) && value != null ? JSON.stringify(value) : value);

async function one<Record extends object>(rows: Promise<(Record & Row)[]>): Promise<Kept<Record> | null> {
  const [row] = await rows;
  if (!row) return null;
  const { revision_of, version_of, ...record } = row;
  return { record: record as unknown as Record, revision: revision_of, version: version_of };
}
