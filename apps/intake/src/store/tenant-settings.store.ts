import { Injectable } from '@nestjs/common';
import type { TenantSettings } from '@headwater/contracts';
import type { Queries, Tx } from '@headwater/platform';
import { completeSettings } from '../domain/stored-documents';

/** The settings of tenants, as their last change said: for what no request of theirs asks for. */
@Injectable()
export class TenantSettingsStore {
  /** Keeps the newest of each tenant. @param told those of a request, which has no revision, have 0: the last of them is kept until something is told */
  async learn(tx: Tx, told: { tenant: TenantSettings; revision: number }[]): Promise<void> {
    await tx.query(`
      insert into tenant_settings as known (tenant_id, revision, settings)
      select distinct on (tenant_id) tenant_id, revision, settings
      from jsonb_to_recordset($1::jsonb) as told(tenant_id text, revision bigint, settings jsonb)
      order by tenant_id, revision desc
      on conflict (tenant_id) do update set revision = excluded.revision, settings = excluded.settings
      where known.revision < excluded.revision or (known.revision = 0 and excluded.revision = 0)`,
    [JSON.stringify(told.map(({ tenant, revision }) => ({ tenant_id: tenant.id, revision, settings: tenant })))]);
  }

  async of(queries: Queries, tenant: string): Promise<TenantSettings | undefined> {
    const [row] = await queries.query<{ settings: TenantSettings }>('select settings from tenant_settings where tenant_id = $1', [tenant]);
    return row && completeSettings(row.settings);
  }
}
