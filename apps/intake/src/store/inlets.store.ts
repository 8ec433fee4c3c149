import { Injectable } from '@nestjs/common';
import type { EdgeInlet, InletKind } from '@headwater/contracts';
import type { Queries, Tx } from '@headwater/platform';
import { pageOf, type Page } from './page';

/** An inlet as its row has it. */
export interface InletRow extends Omit<EdgeInlet, 'tenant' | 'revoked'> {
  tenant_id: string;
  created_at: string;
  updated_at: string;
  revoked_at: string | null;
}

/** Bytes of settings that an answer over NATS holds: a message may have 1 MB. */
const PART_BYTES = 400 * 1_024;

/** Every query over the ways in that tenants have set up. */
@Injectable()
export class InletsStore {
  async findByKey(queries: Queries, key: string): Promise<InletRow | undefined> {
    const [row] = await queries.query<InletRow>('select * from inlet where key = $1', [key]);
    return row;
  }

  /** Changes with every change of any inlet. */
  async digest(queries: Queries): Promise<string> {
    const [{ digest }] = await queries.query<{ digest: string }>(
      `select count(*) || ' ' || md5(coalesce(string_agg(id || ' ' || revision, ',' order by id), '')) as digest from inlet`);
    return digest;
  }

  /** The inlets of all tenants after an id, as many as fit into a message; one at least, if there is one. */
  part(queries: Queries, after: number): Promise<InletRow[]> {
    return queries.query<InletRow>(`
      select * from inlet where id = any(array(
        select id from (
          select id, row_number() over ids as place, sum(octet_length(settings::text) + 500) over ids as bytes
          from (select id, settings from inlet where id > $1 order by id limit 500) as next window ids as (order by id)
        ) as sized where place = 1 or bytes <= $2))
      order by id`, [after, PART_BYTES]);
  }

  async find(queries: Queries, tenant: string, kind: InletKind, id: number): Promise<InletRow | undefined> {
    const [row] = await queries.query<InletRow>('select * from inlet where tenant_id = $1 and kind = $2 and id = $3', [tenant, kind, id]);
    return row;
  }

  async lock(tx: Tx, tenant: string, kind: InletKind, id: number): Promise<InletRow | undefined> {
    const [row] = await tx.query<InletRow>('select * from inlet where tenant_id = $1 and kind = $2 and id = $3 for update', [tenant, kind, id]);
    return row;
  }

  page(queries: Queries, tenant: string, kind: InletKind, { cursor, limit }: { cursor?: string; limit: number }): Promise<Page<InletRow>> {
    return pageOf<InletRow>(queries, {
      select: 'inlet.*', from: 'inlet', conditions: ['tenant_id = $1', 'kind = $2'], parameters: [tenant, kind], sort: '-id', cursor, limit,
    });
  }

  /** How many of this kind the tenant has; two that count at once don't see each other's next. */
  async count(queries: Queries, tenant: string, kind: InletKind): Promise<number> {
    const [{ count }] = await queries.query<{ count: number }>(
      'select count(*) as count from inlet where tenant_id = $1 and kind = $2', [tenant, kind]);
    return count;
  }

  async insert(tx: Tx, inlet: Pick<InletRow, 'tenant_id' | 'kind' | 'name' | 'key' | 'secret' | 'settings'>): Promise<InletRow> {
    const [row] = await tx.query<InletRow>(`
      insert into inlet (tenant_id, kind, name, key, secret, settings, revision)
      values ($1, $2, $3, $4, $5, $6, (select base + 1 from epoch)) returning *`,
      [inlet.tenant_id, inlet.kind, inlet.name, inlet.key, inlet.secret, JSON.stringify(inlet.settings)]);
    return row;
  }

  /** Writes what may change of an inlet that is locked, under the next revision; one that was revoked before keeps its time. */
  async update(
    tx: Tx, { id, name, key, secret, settings, revoked }: Pick<InletRow, 'id' | 'name' | 'key' | 'secret' | 'settings'> & { revoked: boolean },
  ): Promise<InletRow> {
    const [row] = await tx.query<InletRow>(`
      update inlet set name = $2, key = $3, secret = $4, settings = $5, revoked_at = case when $6 then coalesce(revoked_at, now()) end,
        revision = revision + 1, updated_at = now()
      where id = $1 returning *`, [id, name, key, secret, JSON.stringify(settings), revoked]);
    return row;
  }
}
