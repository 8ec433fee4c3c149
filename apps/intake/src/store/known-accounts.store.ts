import { Injectable } from '@nestjs/common';
import type { Tx } from '@headwater/platform';

export interface KnownAccountRow { tenant_id: string; account_id: number; revision: number; name: string; domain: string | null; owner_id: number | null }
/** Who owns the customer that a contact is. */
export interface ContactOwnerRow { tenant_id: string; contact_id: number; account_id: number; owner_id: number | null; customer_revision: number }
export interface KnownContactRow { tenant_id: string; contact_id: number; revision: number; account_id: number; email: string | null }

/** What intake keeps of accounts and contacts, which are conversion's. They are looked up where leads are captured. */
@Injectable()
export class KnownAccountsStore {
  /** Each at most once; what is stored already may be newer, and stays. */
  async keepAccounts(tx: Tx, accounts: KnownAccountRow[]): Promise<void> {
    if (accounts.length === 0) return;
    await tx.query(`
      insert into known_account (tenant_id, account_id, revision, name, domain, owner_id)
      select tenant_id, account_id, revision, name, domain, owner_id from jsonb_to_recordset($1::jsonb) as sent(
        tenant_id text, account_id bigint, revision bigint, name text, domain text, owner_id bigint) order by account_id
      on conflict (tenant_id, account_id) do update set
        revision = excluded.revision, name = excluded.name, domain = excluded.domain, owner_id = excluded.owner_id
      where known_account.revision < excluded.revision`, [JSON.stringify(accounts)]);
  }

  async keepContacts(tx: Tx, contacts: KnownContactRow[]): Promise<void> {
    if (contacts.length === 0) return;
    await tx.query(`
      insert into known_contact (tenant_id, contact_id, revision, account_id, email)
      select tenant_id, contact_id, revision, account_id, email from jsonb_to_recordset($1::jsonb) as sent(
        tenant_id text, contact_id bigint, revision bigint, account_id bigint, email text) order by contact_id
      on conflict (tenant_id, contact_id) do update set
        revision = excluded.revision, account_id = excluded.account_id, email = excluded.email
      where known_contact.revision < excluded.revision`, [JSON.stringify(contacts)]);
  }

  /** Of a contact that nobody has told of yet only the owner, and nobody is found by it. */
  async keepOwners(tx: Tx, owners: ContactOwnerRow[]): Promise<void> {
    if (owners.length === 0) return;
    await tx.query(`
      insert into known_contact (tenant_id, contact_id, revision, account_id, owner_id, customer_revision)
      select tenant_id, contact_id, 0, account_id, owner_id, customer_revision from jsonb_to_recordset($1::jsonb) as sent(
        tenant_id text, contact_id bigint, account_id bigint, owner_id bigint, customer_revision bigint) order by contact_id
      on conflict (tenant_id, contact_id) do update set owner_id = excluded.owner_id, customer_revision = excluded.customer_revision
      where known_contact.customer_revision < excluded.customer_revision`, [JSON.stringify(owners)]);
  }
}
