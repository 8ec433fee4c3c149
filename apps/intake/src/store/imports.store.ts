import { Injectable } from '@nestjs/common';
import type { Actor, ImportState, RowProblem, TenantSettings, Verdict } from '@headwater/contracts';
import type { Queries, Tx } from '@headwater/platform';
import type { ImportRecord } from '../domain/imports/import-record';
import { completeSettings } from '../domain/stored-documents';
import { pageOf, type Page } from './page';

export interface StoredRow {
  row: number;
  line: number;
  verdict: Verdict;
  lead_id: number | null;
  problems: RowProblem[] | null;
}

/** What may be written of an import, by column. */
export type ImportChange = Partial<Omit<ImportRecord, 'id' | 'tenant_id' | 'bytes' | 'chunks' | 'worked_at' | 'created_at'>>;

const DOCUMENTS: ReadonlySet<string> = new Set(['actor', 'tenant', 'said', 'format', 'columns', 'first_rows', 'options', 'cursor', 'verdicts', 'report', 'pace']);
const LEASE_SECONDS = 10;

/** Every query over imports, their files and their rows. */
@Injectable()
export class ImportsStore {
  async begin(tx: Tx, tenant: TenantSettings, { name, actor, correlation_id }: { name: string; actor: Actor; correlation_id: string }): Promise<ImportRecord> {
    const [made] = await tx.query<ImportRecord>(`
      insert into import (tenant_id, name, actor, tenant, correlation_id) values ($1, $2, $3, $4, $5) returning *`,
      [tenant.id, name, JSON.stringify(actor), JSON.stringify(tenant), correlation_id]);
    return made;
  }

  async get(queries: Queries, tenant: string, id: number): Promise<ImportRecord | undefined> {
    return (await queries.query<ImportRecord>('select * from import where tenant_id = $1 and id = $2', [tenant, id]))[0];
  }

  async lock(tx: Tx, tenant: string, id: number): Promise<ImportRecord | undefined> {
    return (await tx.query<ImportRecord>('select * from import where tenant_id = $1 and id = $2 for update', [tenant, id]))[0];
  }

  list(queries: Queries, tenant: string, { state, cursor, limit }: { state?: ImportState; cursor?: string; limit: number }): Promise<Page<ImportRecord>> {
    return pageOf<ImportRecord>(queries, {
      select: '*', from: 'import', conditions: ['tenant_id = $1', ...(state ? ['state = $2'] : [])], parameters: [tenant, ...(state ? [state] : [])],
      sort: '-id', cursor, limit,
    });
  }

  /** @returns it as it is afterwards */
  async change(tx: Tx, { tenant_id, id }: Pick<ImportRecord, 'tenant_id' | 'id'>, change: ImportChange): Promise<ImportRecord> {
    const names = Object.keys(change) as (keyof ImportChange)[];
    const [changed] = await tx.query<ImportRecord>(`
      update import set ${names.map((name, i) => `${name} = $${i + 3}, `).join('')} updated_at = now()
      where tenant_id = $1 and id = $2 returning *`,
      [tenant_id, id, ...names.map((name) => (DOCUMENTS.has(name) && change[name] ? JSON.stringify(change[name]) : change[name]))]);
    return changed;
  }

  /** Bytes of all files that a tenant keeps. */
  async bytesOf(tx: Tx, tenant: string): Promise<number> {
    const [{ bytes }] = await tx.query<{ bytes: number }>(
      'select coalesce(sum(bytes), 0)::bigint as bytes from import where tenant_id = $1 and chunks > 0', [tenant]);
    return Number(bytes);
  }

  async append(tx: Tx, { tenant_id, id }: ImportRecord, index: number, bytes: Buffer): Promise<void> {
    await tx.query(`
      with chunk as (insert into import_chunk (tenant_id, import_id, index, bytes) values ($1, $2, $3, $4))
      update import set bytes = bytes + $5, chunks = chunks + 1, updated_at = now() where tenant_id = $1 and id = $2`,
      [tenant_id, id, index, bytes, bytes.length]);
  }

  async holds(tx: Tx, { tenant_id, id }: ImportRecord, index: number, bytes: Buffer): Promise<boolean> {
    const rows = await tx.query(
      'select from import_chunk where tenant_id = $1 and import_id = $2 and index = $3 and bytes = $4', [tenant_id, id, index, bytes]);
    return rows.length > 0;
  }

  /** The next chunks of a file, in order; together they are one piece of it. */
  async chunks(queries: Queries, { tenant_id, id }: Pick<ImportRecord, 'tenant_id' | 'id'>, from: number, count: number): Promise<Buffer> {
    const rows = await queries.query<{ bytes: Buffer }>(`
      select bytes from import_chunk where tenant_id = $1 and import_id = $2 and index >= $3 and index < $3 + $4 order by index`,
      [tenant_id, id, from, count]);
    return rows.length === 1 ? rows[0].bytes : Buffer.concat(rows.map(({ bytes }) => bytes));
  }

  async drop(tx: Tx, tenant: string, id: number): Promise<void> {
    await tx.query(`delete from import where tenant_id = $1 and id = $2 and state = 'uploading'`, [tenant, id]);
  }

  /**
   * The import whose turn it is, locked until the transaction ends: of those that nobody else works on the one that was worked on
   * longest ago, so that several take turns.
   */
  async claim(tx: Tx, worker: string, except: number[]): Promise<ImportRecord | undefined> {
    const [claimed] = await tx.query<ImportRecord>(`
      update import set worker = $1, leased_until = now() + make_interval(secs => $2), worked_at = clock_timestamp()
      where id = (
        select id from import
        where state in ('running', 'dry_run') and id <> all($3::bigint[]) and (worker is null or worker = $1 or leased_until < now())
        order by worked_at nulls first limit 1 for update skip locked)
      returning *`, [worker, LEASE_SECONDS, except]);
    return claimed && { ...claimed, tenant: completeSettings(claimed.tenant) };
  }

  async addRows(tx: Tx, { tenant_id, id }: ImportRecord, rows: StoredRow[]): Promise<void> {
    await tx.query(`
      insert into import_row (tenant_id, import_id, number, line, verdict, lead_id, problems)
      select $1, $2, * from unnest($3::bigint[], $4::bigint[], $5::text[], $6::bigint[], $7::jsonb[])`, [
      tenant_id, id, rows.map(({ row }) => row), rows.map(({ line }) => line), rows.map(({ verdict }) => verdict),
      rows.map(({ lead_id }) => lead_id), rows.map(({ problems }) => (problems ? JSON.stringify(problems) : null)),
    ]);
  }

  /** Rows behind one, in their order. */
  rows(queries: Queries, { tenant_id, id }: ImportRecord, { verdict, after, limit }: { verdict?: Verdict; after: number; limit: number }): Promise<StoredRow[]> {
    return queries.query<StoredRow>(`
      select number as row, line, verdict, lead_id, problems from import_row
      where tenant_id = $1 and import_id = $2 and number > $3 ${verdict ? 'and verdict = $5' : ''} order by number limit $4`,
      [tenant_id, id, after, limit, ...(verdict ? [verdict] : [])]);
  }

  /** Notes hashes that a dry run has met. @returns those that it meets for the first time */
  async notSeen(tx: Tx, { tenant_id, id }: ImportRecord, hashes: bigint[]): Promise<Set<string>> {
    if (hashes.length === 0) return new Set();
    const rows = await tx.query<{ hash: string }>(`
      insert into import_seen (tenant_id, import_id, hash) select $1, $2, * from unnest($3::bigint[])
      on conflict do nothing returning hash::text as hash`, [tenant_id, id, [...new Set(hashes)].map(String)]);
    return new Set(rows.map(({ hash }) => hash));
  }

  async forgetSeen(tx: Tx, { tenant_id, id }: ImportRecord): Promise<void> {
    await tx.query('delete from import_seen where tenant_id = $1 and import_id = $2', [tenant_id, id]);
  }

  /** Lets go of files that nobody needs any more, one import at a time. @returns how many there were */
  async dropOldFiles(queries: Queries, days: { ended: number; idle: number }): Promise<number> {
    const gone = await queries.query(`
      with old as (
        select id, tenant_id, state from import
        where chunks > 0 and (state = 'cancelled' or (state in ('done', 'failed') and finished_at < now() - make_interval(days => $1))
          or (state = 'uploading' and updated_at < now() - make_interval(days => $2)))
        order by id limit 1 for update skip locked
      ), chunks as (delete from import_chunk using old where import_chunk.tenant_id = old.tenant_id and import_chunk.import_id = old.id)
      update import set chunks = 0, state = case when old.state = 'uploading' then 'cancelled' else old.state end
      from old where import.id = old.id returning 1`, [days.ended, days.idle]);
    return gone.length;
  }
}
