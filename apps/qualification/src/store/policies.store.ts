import { Injectable } from '@nestjs/common';
import type { TenantPolicies, TenantSettings } from '@headwater/contracts';
import type { Queries, Tx } from '@headwater/platform';

/** The policies of tenants, as their last change said. */
@Injectable()
export class PoliciesStore {
  /** Keeps the newest of each tenant. */
  async learn(tx: Tx, told: { tenant: TenantSettings; revision: number }[]): Promise<void> {
    await tx.query(`
      insert into tenant_policy as known (tenant_id, revision, policies)
      select distinct on (tenant_id) tenant_id, revision, policies
      from jsonb_to_recordset($1::jsonb) as told(tenant_id text, revision bigint, policies jsonb)
      order by tenant_id, revision desc
      on conflict (tenant_id) do update set revision = excluded.revision, policies = excluded.policies
      where known.revision < excluded.revision`,
    [JSON.stringify(told.map(({ tenant: { id, policies }, revision }) => ({ tenant_id: id, revision, policies })))]);
  }

  /** @returns of each tenant that has ever set something, by its id */
  async of(tx: Queries, tenants: readonly string[]): Promise<Map<string, TenantPolicies>> {
    if (tenants.length === 0) return new Map();
    const rows = await tx.query<{ tenant_id: string; policies: TenantPolicies }>(
      'select tenant_id, policies from tenant_policy where tenant_id = any($1::text[])', [[...new Set(tenants)]]);
    return new Map(rows.map(({ tenant_id, policies }) => [tenant_id, policies]));
  }
}
