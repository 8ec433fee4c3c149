import { Injectable } from '@nestjs/common';
import type { ChannelTableView } from '@headwater/contracts';
import type { Queries, Tx } from '@headwater/platform';
import type { ChannelTable } from '../domain/channels/channel-table';

type Stored = ChannelTableView & { table: ChannelTable };

const VIEW = 'version, document as table, created_by, created_at';

/** Every query over channel tables. */
@Injectable()
export class ChannelsStore {
  /** The one that counts, or a former one; null for the one that every tenant begins with, and for one that isn't there. */
  async find(queries: Queries, tenant: string, version?: number): Promise<Stored | null> {
    const [found] = await queries.query<Stored>(`
      select ${VIEW} from channel_table where tenant_id = $1 and ($2::integer is null or version = $2) order by version desc limit 1`,
      [tenant, version ?? null]);
    return found ?? null;
  }

  /** Several tenants' tables, each by its version. */
  load(queries: Queries, wanted: { tenant: string; version: number }[]): Promise<{ tenant_id: string; version: number; table: ChannelTable }[]> {
    return queries.query(`
      select tenant_id, version, document as table
      from unnest($1::text[], $2::integer[]) as wanted(tenant_id, version) join channel_table using (tenant_id, version)`,
      [wanted.map(({ tenant }) => tenant), wanted.map(({ version }) => version)]);
  }

  /** Adds the next version, which counts from then on. */
  async add(tx: Tx, tenant: string, table: ChannelTable, by: string): Promise<Stored> {
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`channels ${tenant}`]);
    const [added] = await tx.query<Stored>(`
      insert into channel_table (tenant_id, version, document, created_by)
      select $1, coalesce(max(version), 0) + 1, $2::jsonb, $3 from channel_table where tenant_id = $1
      returning ${VIEW}`, [tenant, JSON.stringify(table), by]);
    return added;
  }
}
