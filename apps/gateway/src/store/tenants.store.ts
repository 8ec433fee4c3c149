import { Injectable } from '@nestjs/common';
import type { TenantPolicies, TenantSettings } from '@headwater/contracts';
import { Database, type Tx } from '@headwater/platform';

export interface TenantRow extends TenantSettings {
  name: string | null;
  revision: number;
  created_at: string;
  updated_at: string;
}

const COLUMNS = 'tenant_id as id, name, currency, time_zone, picklists, policies, revision, created_at, updated_at';

@Injectable()
export class TenantsStore {
  constructor(private readonly database: Database) {}

  all(): Promise<TenantRow[]> {
    return this.database.query(`select ${COLUMNS} from tenant`);
  }

  /** Up to `limit` tenants whose id comes after `after`, by id. */
  page(after: string, limit: number): Promise<TenantRow[]> {
    return this.database.query(`select ${COLUMNS} from tenant where tenant_id > $1 order by tenant_id limit $2`, [after, limit]);
  }

  async find(id: string): Promise<TenantRow | null> {
    const [row] = await this.database.query<TenantRow>(`select ${COLUMNS} from tenant where tenant_id = $1`, [id]);
    return row ?? null;
  }

  /** @returns null when there is one with this id */
  async insert(tx: Tx, tenant: Pick<TenantRow, 'id' | 'name' | 'currency' | 'time_zone'>): Promise<TenantRow | null> {
    const [row] = await tx.query<TenantRow>(`
      insert into tenant (tenant_id, name, currency, time_zone, revision) values ($1, $2, $3, $4, (select base + 1 from epoch))
      on conflict do nothing returning ${COLUMNS}`, [tenant.id, tenant.name, tenant.currency, tenant.time_zone]);
    return row ?? null;
  }

  async lock(tx: Tx, id: string): Promise<TenantRow | null> {
    const [row] = await tx.query<TenantRow>(`select ${COLUMNS} from tenant where tenant_id = $1 for update`, [id]);
    return row ?? null;
  }

  /** Writes the settings under the next revision. */
  async update(
    tx: Tx, id: string,
    { name, currency, time_zone, picklists, policies }: TenantSettings & { name: string | null; policies: TenantPolicies },
  ): Promise<TenantRow> {
    const [row] = await tx.query<TenantRow>(`
      update tenant set name = $2, currency = $3, time_zone = $4, picklists = $5, policies = $6,
        revision = revision + 1, updated_at = now()
      where tenant_id = $1 returning ${COLUMNS}`,
      [id, name, currency, time_zone, JSON.stringify(picklists), JSON.stringify(policies)]);
    return row;
  }

  /** Raises the revision alone, for what belongs to the tenant and isn't in its row. @returns null for an unknown tenant */
  async raise(tx: Tx, id: string): Promise<TenantRow | null> {
    const [row] = await tx.query<TenantRow>(
      `update tenant set revision = revision + 1 where tenant_id = $1 returning ${COLUMNS}`, [id]);
    return row ?? null;
  }
}
