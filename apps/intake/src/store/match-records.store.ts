import { Injectable } from '@nestjs/common';
import type { Comparable } from '@headwater/matching';
import type { Queries, Tx } from '@headwater/platform';
import type { MatchRecord } from '../domain/matching/judge-pair';
import type { LeadRef } from './match-work.store';

export interface KeyedRecord extends MatchRecord { keys: number[] }

/** A row of a key: integers of 53 bits. */
export interface KeyRow { key: number; lead_id: number }

const COLUMNS = 'tenant_id, lead_id, revision, identity, former_lead_id, record';

/** Records: $1 to $5 and $7 lists, $6 a JSON array, which spares both sides the quotes' escaping. */
const SENT = `
  select tenant_id, lead_id, revision, identity, former_lead_id, record::jsonb, keys::bigint[]
  from rows from (unnest($1::text[]), unnest($2::bigint[]), unnest($3::bigint[]), unnest($4::bigint[]), unnest($5::bigint[]), json_array_elements($6::json), unnest($7::text[]))
    as sent(tenant_id, lead_id, revision, identity, former_lead_id, record, keys)`;

/** What of leads is compared, and the keys by which those that are worth comparing find each other. */
@Injectable()
export class MatchRecordsStore {
  /** Locks the records that are there already, in the order of their ids. @returns by lead */
  async lock(tx: Tx, leads: LeadRef[]): Promise<Map<number, { revision: number; keys: number[] }>> {
    const rows = await tx.query<{ lead_id: number; revision: number; keys: number[] }>(`
      select r.lead_id, r.revision, array_to_json(r.keys) as keys
      from unnest($1::text[], $2::bigint[]) as wanted(tenant_id, lead_id) join match_record r using (tenant_id, lead_id)
      order by r.lead_id for update of r`, columnsOf(leads));
    return new Map(rows.map(({ lead_id, ...row }) => [lead_id, row]));
  }

  /** Writes records that are new, with their keys; one that is there already is another replica's, and fails with 23505. */
  async add(tx: Tx, records: KeyedRecord[], keys: KeyRow[]): Promise<void> {
    await tx.query(`
      with added as (
        insert into blocking_key (key, lead_id) select * from unnest($8::bigint[], $9::bigint[]) as sent(key, lead_id) order by key
      )
      insert into match_record (${COLUMNS}, keys) ${SENT} order by lead_id`, [...columnsOfRecords(records), ...columnsOfKeys(keys)]);
  }

  /**
   * Writes records, new ones and those that are locked, and the rows of their keys that come and go.
   * @returns the leads that were new: who thought so of others was outrun, and has to look again
   */
  async write(tx: Tx, records: KeyedRecord[], added: KeyRow[], removed: KeyRow[]): Promise<number[]> {
    const rows = await tx.query<{ lead_id: number; is_new: boolean }>(`
      with removed as (
        delete from blocking_key b using unnest($10::bigint[], $11::bigint[]) as gone(key, lead_id)
        where b.key = gone.key and b.lead_id = gone.lead_id
      ), added as (
        insert into blocking_key (key, lead_id) select * from unnest($8::bigint[], $9::bigint[]) as sent(key, lead_id) order by key
        on conflict do nothing
      )
      insert into match_record (${COLUMNS}, keys) ${SENT} order by lead_id
      on conflict (tenant_id, lead_id) do update set
        revision = excluded.revision, identity = excluded.identity, record = excluded.record, keys = excluded.keys
      returning lead_id, xmax = 0 as is_new`, [...columnsOfRecords(records), ...columnsOfKeys(added), ...columnsOfKeys(removed)]);
    return rows.filter(({ is_new }) => is_new).map(({ lead_id }) => lead_id);
  }

  /** Of leads that are another one's from now on. */
  async forget(tx: Tx, leads: LeadRef[]): Promise<void> {
    if (leads.length === 0) return;
    await tx.query(`
      with gone as (
        delete from match_record r using unnest($1::text[], $2::bigint[]) as wanted(tenant_id, lead_id)
        where r.tenant_id = wanted.tenant_id and r.lead_id = wanted.lead_id
        returning r.lead_id, r.keys
      )
      delete from blocking_key b using (select lead_id, unnest(keys) as key from gone) as rows
      where b.key = rows.key and b.lead_id = rows.lead_id`, columnsOf(leads));
  }

  /** By lead, of those that are there. */
  async revisions(queries: Queries, leads: LeadRef[]): Promise<Map<number, number>> {
    if (leads.length === 0) return new Map();
    const rows = await queries.query<{ lead_id: number; revision: number }>(`
      select lead_id, revision from unnest($1::text[], $2::bigint[]) as wanted(tenant_id, lead_id) join match_record r using (tenant_id, lead_id)`,
    columnsOf(leads));
    return new Map(rows.map(({ lead_id, revision }) => [lead_id, revision]));
  }

  async withKeys(queries: Queries, leads: LeadRef[]): Promise<KeyedRecord[]> {
    if (leads.length === 0) return [];
    return queries.query<KeyedRecord>(`
      select ${COLUMNS}, array_to_json(keys) as keys
      from unnest($1::text[], $2::bigint[]) as wanted(tenant_id, lead_id) join match_record r using (tenant_id, lead_id)`, columnsOf(leads));
  }

  async find(queries: Queries, leads: LeadRef[]): Promise<MatchRecord[]> {
    if (leads.length === 0) return [];
    return queries.query<MatchRecord>(`
      select ${COLUMNS} from unnest($1::text[], $2::bigint[]) as wanted(tenant_id, lead_id) join match_record using (tenant_id, lead_id)`,
      columnsOf(leads));
  }

  /** For each key, in their order, the leads that have it; of more than `most` so many. */
  async holders(queries: Queries, keys: number[], most: number): Promise<number[][]> {
    if (keys.length === 0) return [];
    const [{ ids }] = await queries.query<{ ids: number[][] }>(`
      select json_agg(array(select lead_id from blocking_key b where b.key = wanted.key limit $2) order by nr) as ids
      from unnest($1::bigint[]) with ordinality as wanted(key, nr)`, [bigints(keys), most]);
    return ids;
  }

  /** Keeps records as they are until the transaction ends, in the order of their ids. @returns their revisions, by lead */
  async hold(tx: Tx, leads: LeadRef[]): Promise<Map<number, number>> {
    const rows = await tx.query<{ lead_id: number; revision: number }>(`
      select r.lead_id, r.revision from unnest($1::text[], $2::bigint[]) as wanted(tenant_id, lead_id)
      join match_record r using (tenant_id, lead_id) order by r.lead_id for share of r`, columnsOf(leads));
    return new Map(rows.map(({ lead_id, revision }) => [lead_id, revision]));
  }

  async count(queries: Queries, tenant: string): Promise<number> {
    const [{ count }] = await queries.query<{ count: number }>('select count(*) as count from match_record where tenant_id = $1', [tenant]);
    return count;
  }

  /** Some of a tenant's records, each `step`th by its id, found in the index alone. */
  async sample(
    queries: Queries, { tenant, after, step, limit }: { tenant: string; after: number; step: number; limit: number },
  ): Promise<{ lead_id: number; record: Comparable; keys: number[] }[]> {
    return queries.query(`
      select lead_id, record, array_to_json(keys) as keys from match_record where tenant_id = $1 and lead_id in (
        select lead_id from match_record where tenant_id = $1 and lead_id > $2 and lead_id % $3 = 0 order by lead_id limit $4)
      order by lead_id`, [tenant, after, step, limit]);
  }
}

/** Very many numbers as PostgreSQL reads them: the driver would look at each for what has to be escaped. */
const bigints = (numbers: readonly number[]): string => `{${numbers.join()}}`;

const columnsOf = (leads: LeadRef[]): [string[], string] => [leads.map(({ tenant }) => tenant), bigints(leads.map(({ id }) => id))];

const columnsOfRecords = (records: KeyedRecord[]): unknown[] => [
  records.map(({ tenant_id }) => tenant_id), bigints(records.map(({ lead_id }) => lead_id)), bigints(records.map(({ revision }) => revision)),
  bigints(records.map(({ identity }) => identity)), records.map(({ former_lead_id }) => former_lead_id), JSON.stringify(records.map(({ record }) => record)),
  records.map(({ keys }) => bigints(keys)),
];

const columnsOfKeys = (rows: KeyRow[]): string[] => [bigints(rows.map(({ key }) => key)), bigints(rows.map(({ lead_id }) => lead_id))];
