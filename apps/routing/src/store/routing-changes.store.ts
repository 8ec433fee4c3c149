import { Injectable } from '@nestjs/common';
import type { ChangesFilter, RoutingChange } from '@headwater/contracts';
import type { Database, Tx } from '@headwater/platform';
import type { RecordChange } from '../domain/people';

/** Who changed what of people and places; and the version that they are at, so that what is in memory is known to be old. */
@Injectable()
export class RoutingChangesStore {
  /** Keeps what changed, and raises the version: once in a transaction that holds the rotation lock. Nothing changed: nothing is kept. */
  async record(tx: Tx, tenant: string, actor: string, changes: readonly RecordChange[]): Promise<void> {
    if (changes.length === 0) return;
    await this.raiseVersion(tx, tenant);
    const json = (values: unknown[]) => values.map((value) => (value == null ? null : JSON.stringify(value)));
    await tx.query(`
      insert into routing_change (tenant_id, actor, kind, record_id, action, before, after)
      select $1, $2, * from unnest($3::text[], $4::bigint[], $5::text[], $6::jsonb[], $7::jsonb[])`, [
      tenant, actor, changes.map(({ kind }) => kind), changes.map(({ record_id }) => record_id), changes.map(({ action }) => action),
      json(changes.map(({ before }) => before)), json(changes.map(({ after }) => after)),
    ]);
  }

  /** Whatever is kept in memory of a tenant's people, places and hours is old from the end of this transaction on. */
  private async raiseVersion(tx: Tx, tenant: string): Promise<void> {
    await tx.query(`
      insert into people_version as present (tenant_id, version) values ($1, 1)
      on conflict (tenant_id) do update set version = present.version + 1`, [tenant]);
  }

  /** Newest first. @param before id of the last one of the page before */
  list(database: Database, tenant: string, { kind, record_id }: ChangesFilter, before: number | null, limit: number): Promise<RoutingChange[]> {
    return database.query<RoutingChange>(`
      select id, at, actor, kind, record_id, action, before, after from routing_change
      where tenant_id = $1 and ($2::text is null or kind = $2) and ($3::bigint is null or record_id = $3) and ($4::bigint is null or id < $4)
      order by id desc limit $5`, [tenant, kind ?? null, record_id ?? null, before, limit]);
  }
}
