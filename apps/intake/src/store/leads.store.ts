import { Injectable } from '@nestjs/common';
import type { ConvertedInto, LeadFilter, LeadSort } from '@headwater/contracts';
import type { Queries, Tx } from '@headwater/platform';
import type { AccountHit, AccountKey } from '../domain/account-finder';
import type { Lead } from '../domain/lead';
import { IDENTIFYING } from '../domain/matching/comparable-of-lead';
import type { MatchKey } from '../domain/read-submission';
import type { KnownLead } from '../domain/plan-captures';
import { MOST_HOLDERS } from './lead-keys.store';
import { conditionsOf, pageOf, type Page } from './page';

export interface TenantKey extends MatchKey { tenant: string }
export interface TenantAccountKey extends AccountKey { tenant: string }

/** Of account keys: $1 tenants, $2 kinds, $3 values. */
const ACCOUNT_HITS = `
  select json_build_object('tenant_id', tenant_id, 'kind', kind, 'value', value, 'account_id', account_id, 'name', name, 'owner_id', owner_id) as hit
  from unnest($1::text[], $2::text[], $3::text[]) as wanted(tenant_id, kind, value)
  join known_account a using (tenant_id) where kind = 'domain' and a.domain = value
  union all
  select json_build_object('tenant_id', tenant_id, 'kind', kind, 'value', value, 'account_id', account_id, 'name', name,
    'owner_id', coalesce(c.owner_id, a.owner_id), 'contact_id', contact_id)
  from unnest($1::text[], $2::text[], $3::text[]) as wanted(tenant_id, kind, value)
  join known_contact c using (tenant_id) left join known_account a using (tenant_id, account_id) where kind = 'email' and c.email = value`;

const CHANGES_IDENTITY = IDENTIFYING.map((field) => `present.profile->'${field}' is distinct from sent.profile->'${field}'`).join(' or ');

/** Of keys: $1 tenants, $2 kinds, $3 values. Of one that very many have, who owns it and the oldest of the others. */
const SHARING = `
  select lead_id, jsonb_agg(jsonb_build_object('kind', kind, 'value', value, 'exclusive', exclusive)) as keys
  from (select distinct * from unnest($1::text[], $2::text[], $3::text[]) as sent(tenant_id, kind, value)) as wanted
  cross join lateral (
    select lead_id, exclusive from match_key k where (k.tenant_id, k.kind, k.value) = (wanted.tenant_id, wanted.kind, wanted.value) and exclusive
    union all
    (select lead_id, exclusive from match_key k where (k.tenant_id, k.kind, k.value) = (wanted.tenant_id, wanted.kind, wanted.value) and not exclusive
     order by lead_id limit ${MOST_HOLDERS})
  ) as holders
  group by lead_id`;

/** Of leads: $1 documents, $2 whether they come after what is live, $3 whether the keys of new ones are written with them. */
const saving = (fresh: boolean): string => `
  with sent as (
    select * from jsonb_to_recordset($1::jsonb) as sent(
      id bigint, tenant_id text, revision bigint, profile jsonb, facts jsonb, attribution jsonb, edited jsonb, enriched jsonb, pending jsonb,
      notes text, reengaged_from jsonb, account jsonb, converted jsonb, created_at timestamptz, updated_at timestamptz)
  ), listed as (
    insert into match_work (bulk, keyed, tenant_id, lead_id)
    select $2, $3${fresh ? '' : ' and present.id is null'}, sent.tenant_id, id
    from sent ${fresh ? '' : `left join lead as present using (id) where present.id is null or ${CHANGES_IDENTITY}`}
  )
  insert into lead (id, tenant_id, revision, profile, facts, attribution, edited, enriched, pending, notes, reengaged_from, account, converted, created_at, updated_at)
  select id, tenant_id, revision, profile, facts, attribution, edited, enriched, pending, notes,
         nullif(reengaged_from, 'null'), nullif(account, 'null'), nullif(converted, 'null'), created_at, updated_at
  from sent
  ${fresh ? '' : `on conflict (id) do update set
    revision = excluded.revision, profile = excluded.profile, facts = excluded.facts, attribution = excluded.attribution,
    edited = excluded.edited, enriched = excluded.enriched, pending = excluded.pending, notes = excluded.notes, converted = excluded.converted,
    updated_at = excluded.updated_at`}`;

const columnsOf = (keys: { tenant: string; kind: string; value: string }[]): [string[], string[], string[]] =>
  [keys.map(({ tenant }) => tenant), keys.map(({ kind }) => kind), keys.map(({ value }) => value)];

/** Every query over leads and the keys by which they are found. */
@Injectable()
export class LeadsStore {
  /**
   * Holds every transaction back that has a key in common, until this one ends; always in one order. In the same statement, for whom that is
   * of use: @returns the accounts that have one of the account keys
   */
  async lockKeys(tx: Tx, keys: TenantKey[], accountKeys: TenantAccountKey[] = []): Promise<AccountHit[]> {
    if (keys.length + accountKeys.length === 0) return [];
    const rows = await tx.query<{ hit: AccountHit | null }>(`
      select count(pg_advisory_xact_lock(hash)) as locked, null::json as hit from (
        select distinct hashtextextended(name, 0) as hash from unnest($4::text[]) as name order by hash
      ) as ordered
      union all
      select null, hit from (${ACCOUNT_HITS}) as hits`,
      [...columnsOf(accountKeys), keys.map(({ tenant, kind, value }) => `${tenant} ${kind} ${value}`)]);
    return rows.flatMap(({ hit }) => hit ?? []);
  }

  /** The same accounts, without a lock. */
  async accountsOf(queries: Queries, accountKeys: TenantAccountKey[]): Promise<AccountHit[]> {
    return (await queries.query<{ hit: AccountHit }>(ACCOUNT_HITS, columnsOf(accountKeys))).map(({ hit }) => hit);
  }

  /**
   * The leads that share a key with the given ones; call it in a statement after `lockKeys`. Of a key that very many have, who owns it and
   * the oldest. @param lock keeps them as they are until the transaction ends
   */
  async sharing(queries: Queries, keys: TenantKey[], { lock = true } = {}): Promise<KnownLead[]> {
    if (keys.length === 0) return [];
    const rows = await queries.query<Lead & { keys: MatchKey[] }>(`
      with found as (${SHARING})
      select lead.*, found.keys from found join lead on lead.id = found.lead_id and lead.merged_into is null
      order by lead.id ${lock ? 'for update of lead' : ''}`, columnsOf(keys));
    return rows.map(({ keys: shared, ...lead }) => ({ lead, keys: shared }));
  }

  /**
   * Locks a lead together with all that `sharing` locks, in the one order of ids: it may be an older one than those, and have none of the keys
   * itself. They are found once, hence `materialized`: PostgreSQL finds anew, by the first of them alone, for a lead that changed while it was
   * waited for, and would leave it out. @returns the lead, merged or not, where there is such a one, and the others
   */
  async lockSharing(tx: Tx, { tenant, id }: { tenant: string; id: number }, keys: TenantKey[]): Promise<{ lead?: Lead; others: KnownLead[] }> {
    if (keys.length === 0) return { lead: (await this.lock(tx, [{ tenant, id }]))[0], others: [] };
    const rows = await tx.query<Lead & { keys: MatchKey[] }>(`
      with found as (${SHARING}), wanted as materialized (
        select lead_id, keys from found where lead_id <> $5 union all select $5, '[]'
      )
      select lead.*, wanted.keys from wanted join lead on lead.id = wanted.lead_id and lead.tenant_id = $4
      where lead.id = $5 or lead.merged_into is null
      order by lead.id for update of lead`, [...columnsOf(keys), tenant, id]);
    const all = rows.map(({ keys: shared, ...lead }) => ({ lead, keys: shared }));
    return { lead: all.find((one) => one.lead.id === id)?.lead, others: all.filter((one) => one.lead.id !== id) };
  }

  /**
   * Inserts new leads and rewrites known ones, whole rows; one statement. Revisions are the caller's. Those that are new, or somebody else by
   * now, are put on the list of leads whose duplicates are looked for. @param bulk after what is live; @param fresh all of them are new, which
   * costs less; @param keyed the caller writes the keys by which new ones are compared, in the same transaction
   */
  async save(tx: Tx, leads: Lead[], { bulk = false, fresh = false, keyed = false } = {}): Promise<void> {
    if (leads.length === 0) return;
    await tx.query(saving(fresh), [JSON.stringify(leads), bulk, keyed]);
  }

  /**
   * Adds keys; one that the lead has already stays as it is. Fails with 23505 when an exclusive one is another lead's.
   * @param fresh the leads are new: none has one of them, and nothing has to be looked for first
   */
  async addKeys(tx: Tx, keys: (TenantKey & { leadId: number })[], { fresh = false } = {}): Promise<void> {
    if (keys.length === 0) return;
    await tx.query(`
      insert into match_key (tenant_id, kind, value, lead_id, exclusive)
      select * from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::boolean[])
      ${fresh ? '' : 'on conflict (tenant_id, kind, value, lead_id) do nothing'}`, [
      keys.map(({ tenant }) => tenant), keys.map(({ kind }) => kind), keys.map(({ value }) => value),
      keys.map(({ leadId }) => leadId), keys.map(({ exclusive }) => exclusive),
    ]);
  }

  /** Replaces the keys that follow from the profile; external ids stay. @returns those that it had */
  async replaceProfileKeys(tx: Tx, lead: Lead, keys: TenantKey[]): Promise<Pick<MatchKey, 'kind' | 'value'>[]> {
    const gone = await tx.query<Pick<MatchKey, 'kind' | 'value'>>(
      `delete from match_key where lead_id = $1 and kind <> 'external_id' returning kind, value`, [lead.id]);
    await this.addKeys(tx, keys.map((key) => ({ ...key, leadId: lead.id })));
    return gone;
  }

  /** A converted lead is found again, but doesn't stand in the way of a new one. */
  async releaseKeys(tx: Tx, leadIds: number[]): Promise<void> {
    await tx.query('update match_key set exclusive = false where lead_id = any($1::bigint[]) and exclusive', [leadIds]);
  }

  get(queries: Queries, tenant: string, ids: number[]): Promise<Lead[]> {
    return queries.query<Lead>('select * from lead where tenant_id = $1 and id = any($2::bigint[]) order by id', [tenant, ids]);
  }

  lock(tx: Tx, leads: { tenant: string; id: number }[]): Promise<Lead[]> {
    return tx.query<Lead>(`
      select lead.* from unnest($1::text[], $2::bigint[]) as wanted(tenant_id, id)
      join lead using (tenant_id, id) order by lead.id for update of lead`,
      [leads.map(({ tenant }) => tenant), leads.map(({ id }) => id)]);
  }

  /** The next leads in the order of their ids. @param tenant null for those of all tenants */
  walk(tx: Tx, { tenant, after, limit }: { tenant: string | null; after: number; limit: number }): Promise<Lead[]> {
    return tx.query<Lead>(
      'select * from lead where id > $2 and ($1::text is null or tenant_id = $1) order by id limit $3', [tenant, after, limit]);
  }

  /** Locks leads in the order of their ids, as everybody does, and marks those that are not marked yet. @returns these */
  async markConverted(tx: Tx, marks: { tenant: string; id: number; converted: ConvertedInto }[]): Promise<Lead[]> {
    return tx.query<Lead>(`
      with sent as (
        select * from unnest($1::text[], $2::bigint[], $3::jsonb[]) as sent(tenant_id, id, converted)
      ), held as materialized (
        select lead.id from lead join sent using (tenant_id, id) where lead.converted is null order by lead.id for update of lead
      )
      update lead set converted = sent.converted, revision = revision + 1, updated_at = now()
      from sent where lead.tenant_id = sent.tenant_id and lead.id = sent.id and lead.converted is null and lead.id in (select id from held)
      returning lead.*`, [marks.map(({ tenant }) => tenant), marks.map(({ id }) => id), marks.map(({ converted }) => JSON.stringify(converted))]);
  }

  /** One page of a tenant's leads. @param emailKey the normalised address to look for, @param phoneKey likewise */
  async list(
    queries: Queries, tenant: string,
    { filter, sort, cursor, limit }: { filter: LeadFilter; sort: LeadSort; cursor?: string; limit: number },
    keys: { emailKey?: string | null; phoneKey?: string | null },
  ): Promise<Page<Lead>> {
    const { conditions, parameters, where } = conditionsOf(tenant);
    conditions.push('merged_into is null');
    const hasKey = (kind: string) => (p: string) =>
      `id in (select lead_id from match_key where tenant_id = $1 and kind = '${kind}' and value = ${p})`;
    if (keys.emailKey !== undefined) where(hasKey('email'), keys.emailKey);
    if (keys.phoneKey !== undefined) where(hasKey('phone'), keys.phoneKey);
    if (filter.source !== undefined) where((p) => `attribution->>'source' = ${p}`, filter.source);
    if (filter.campaign !== undefined) where((p) => `attribution->>'campaign' = ${p}`, filter.campaign);
    if (filter.company_name !== undefined) where((p) => `lower(profile->>'company_name') = lower(${p})`, filter.company_name);
    if (filter.converted !== undefined) conditions.push(`converted is ${filter.converted ? 'not null' : 'null'}`);
    return pageOf<Lead>(queries, { select: 'lead.*', from: 'lead', conditions, parameters, sort, cursor, limit });
  }
}
