import { Injectable } from '@nestjs/common';
import type { Account, BuyingRole, Contact, Customer, Opportunity } from '@headwater/contracts';
import type { Queries, Tx } from '@headwater/platform';
import type { CompanyKeys } from '../domain/new-records';
import type { FoundCompany } from '../domain/targets/choose-account';
import type { KnownPerson } from '../domain/targets/choose-targets';
import { OPPORTUNITY } from './opportunities.store';
import { ACCOUNT, CONTACT, CUSTOMER, OF_CONTACT_AND_ACCOUNT } from './records.store';

/** A record that a conversion names, or joins. */
export interface Lookup { tenant: string; id: number }

/** What a lead's records are looked for by. */
export interface LookedFor extends CompanyKeys { tenant: string; email: string | null }
export interface FoundTargets { people: KnownPerson[]; companies: FoundCompany[] }

/** @property is_primary whom to talk to first, of a deal that is new */
export interface NewRole { tenant_id: string; opportunity_id: number; contact_id: number; role: BuyingRole; is_primary: boolean }

/** How many records of each kind are looked at; who has more of one person cannot choose by them. */
const MOST = 50;

/** A contact who refuses more than before. */
export type OptedOut = Contact & { tenant: string; revision: number };

/** The columns of records that a later lead may fill. */
export type Fillable = 'account' | 'contact' | 'customer' | 'opportunity';

/** Every query over the records that a lead may become part of. */
@Injectable()
export class TargetsStore {
  /** Who has each e-mail, and which companies share its domain, or the name in the same country (or in none, on both sides); in the order asked. */
  look(queries: Queries, asked: LookedFor[]): Promise<FoundTargets[]> {
    return queries.query<FoundTargets>(`
      select
        (select coalesce(jsonb_agg(person order by contact_id), '[]') from (
          select contact.id as contact_id, contact.account_id, customer.id as customer_id, customer_number
          from contact left join customer on customer.contact_id = contact.id
          where contact.tenant_id = asked.tenant_id and email_normalised = asked.email limit ${MOST}) as person) as people,
        (select coalesce(jsonb_agg(company order by id), '[]') from (
          select id, name, domain, coalesce(domain = asked.domain, false) as same_domain
          from account
          where tenant_id = asked.tenant_id and kind = 'company'
            and (domain = asked.domain or (name_normalised = asked.name and country is not distinct from asked.country))
          order by id limit ${MOST}) as company) as companies
      from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) with ordinality as asked(tenant_id, email, domain, name, country, i)
      order by i`, [
      asked.map(({ tenant }) => tenant), asked.map(({ email }) => email), asked.map(({ domain }) => domain), asked.map(({ name }) => name),
      asked.map(({ country }) => country),
    ]);
  }

  /** Keeps records from others until the transaction ends, in the order of their ids. */
  async hold(tx: Tx, kind: Fillable, records: Lookup[]): Promise<void> {
    if (records.length === 0) return;
    await tx.query(`
      select from ${kind} join unnest($1::text[], $2::bigint[]) as wanted(tenant_id, id) using (tenant_id, id)
      order by id for no key update of ${kind}`, [records.map(({ tenant }) => tenant), records.map(({ id }) => id)]);
  }

  /** In the order asked, as the next; undefined for one that isn't there. @returns with whether one of its contacts is the primary one */
  accounts(queries: Queries, asked: Lookup[]): Promise<((Account & { has_primary: boolean }) | undefined)[]> {
    return this.read(queries, 'account', asked, (tenant, wanted) => `
      select ${tenant}, ${ACCOUNT}, exists(select from contact where account_id = account.id and is_primary) as has_primary from account where ${wanted}`);
  }

  /** @returns with the customer that each is, if it is one */
  contacts(queries: Queries, asked: Lookup[]): Promise<((Contact & { customer_id: number | null }) | undefined)[]> {
    return this.read(queries, 'contact', asked, (tenant, wanted) => `
      select ${tenant}, ${CONTACT}, (select id from customer where contact_id = contact.id) as customer_id from contact where ${wanted}`);
  }

  customers(queries: Queries, asked: Lookup[]): Promise<(Customer | undefined)[]> {
    return this.read(queries, 'customer', asked, (tenant, wanted) => `select ${tenant}, ${CUSTOMER} from customer ${OF_CONTACT_AND_ACCOUNT} where ${wanted}`);
  }

  /** @returns with what was frozen at the conversion of its lead */
  opportunities(queries: Queries, asked: Lookup[]): Promise<((Opportunity & { attribution: Record<string, unknown> | null }) | undefined)[]> {
    return this.read(queries, 'opportunity', asked, (tenant, wanted) => `select ${tenant}, ${OPPORTUNITY}, attribution from opportunity where ${wanted}`);
  }

  /** How many contacts have each e-mail, in the order asked: the number that tells a further one from them. */
  async nextDuplicates(queries: Queries, asked: { tenant: string; email: string | null }[]): Promise<number[]> {
    if (asked.length === 0) return [];
    const rows = await queries.query<{ next: number }>(`
      select (select coalesce(max(duplicate_no) + 1, 0) from contact where contact.tenant_id = asked.tenant_id and email_normalised = asked.email) as next
      from unnest($1::text[], $2::text[]) with ordinality as asked(tenant_id, email, i) order by i`,
    [asked.map(({ tenant }) => tenant), asked.map(({ email }) => email)]);
    return rows.map(({ next }) => next);
  }

  /**
   * Writes what leads add to records of a kind, each record once.
   * @param asked with what is to change by column; the columns are the code's own words, never a caller's
   * @returns the revision that each has by now, and when it got it, in the order given
   */
  async change(tx: Tx, kind: Fillable, asked: { tenant: string; id: number; changes: Record<string, unknown> }[]): Promise<{ revision: number; updated_at: string }[]> {
    if (asked.length === 0) return [];
    const columns = [...new Set(asked.flatMap(({ changes }) => Object.keys(changes)))].sort();
    const sets = columns.map((column) => `, ${column} = case when given.changes ? '${column}' then filled.${column} else ${kind}.${column} end`);
    const rows = await tx.query<{ id: number; revision: number; updated_at: string }>(`
      update ${kind} set revision = ${kind}.revision + 1, updated_at = now()${sets.join('')}
      from jsonb_to_recordset($1::jsonb) as given(tenant text, id bigint, changes jsonb), jsonb_populate_record(null::${kind}, given.changes) as filled
      where ${kind}.tenant_id = given.tenant and ${kind}.id = given.id returning ${kind}.id, ${kind}.revision, ${kind}.updated_at`, [JSON.stringify(asked)]);
    const changed = new Map(rows.map((row) => [row.id, row]));
    return asked.map(({ id }) => changed.get(id)!);
  }

  /** Sets what contacts refuse, in the order of their ids. @returns those for whom it is new */
  optOut(tx: Tx, refusals: { tenant: string; id: number; email_opt_out: boolean; do_not_call: boolean }[]): Promise<OptedOut[]> {
    return tx.query<OptedOut>(`
      with held as (
        select contact.id, said.email_opt_out as mail, said.do_not_call as calls
        from unnest($1::text[], $2::bigint[], $3::boolean[], $4::boolean[]) as said(tenant_id, id, email_opt_out, do_not_call)
        join contact using (tenant_id, id)
        where (said.email_opt_out and not contact.email_opt_out) or (said.do_not_call and not contact.do_not_call)
        order by contact.id for no key update of contact
      )
      update contact set email_opt_out = email_opt_out or held.mail, do_not_call = do_not_call or held.calls, revision = revision + 1, updated_at = now()
      from held where contact.id = held.id
      returning contact.tenant_id as tenant, contact.revision, ${CONTACT.split(',').map((column) => `contact.${column.trim()}`).join(', ')}`, [
      refusals.map(({ tenant }) => tenant), refusals.map(({ id }) => id), refusals.map(({ email_opt_out }) => email_opt_out),
      refusals.map(({ do_not_call }) => do_not_call),
    ]);
  }

  /** What contacts are to deals; one that has a role there gets this one instead. */
  async giveRoles(tx: Tx, roles: NewRole[]): Promise<void> {
    if (roles.length === 0) return;
    await tx.query(`
      insert into opportunity_contact_role (tenant_id, opportunity_id, contact_id, role, is_primary)
      select * from jsonb_to_recordset($1::jsonb) as given(tenant_id text, opportunity_id bigint, contact_id bigint, role text, is_primary boolean)
      on conflict (opportunity_id, contact_id) do update set role = excluded.role`, [JSON.stringify(roles)]);
  }

  /** @param select puts the column that says whose a record is, and which are wanted, into its statement */
  private async read<Row extends { id: number }>(
    queries: Queries, table: Fillable, asked: Lookup[], select: (tenant: string, wanted: string) => string,
  ): Promise<(Row | undefined)[]> {
    if (asked.length === 0) return [];
    const rows = await queries.query<Row & { tenant_of: string }>(
      select(`${table}.tenant_id as tenant_of`, `(${table}.tenant_id, ${table}.id) in (select * from unnest($1::text[], $2::bigint[]))`),
      [asked.map(({ tenant }) => tenant), asked.map(({ id }) => id)]);
    // A tenant may name what is another's, which somebody names beside it.
    const found = new Map(rows.map(({ tenant_of, ...row }) => [`${tenant_of} ${row.id}`, row as unknown as Row]));
    return asked.map(({ tenant, id }) => found.get(`${tenant} ${id}`));
  }
}
