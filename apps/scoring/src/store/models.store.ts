import { Injectable } from '@nestjs/common';
import type { ModelView } from '@headwater/contracts';
import type { Tx } from '@headwater/platform';
import { defaultModel } from '../domain/default-model';
import type { VersionedModel } from '../domain/lead-score';
import type { ScoringModel } from '../domain/scoring-model';

export type Reader = Pick<Tx, 'query'>;

interface ModelRow extends VersionedModel { tenant_id: string; active: boolean }

/** The models of some tenants, by tenant and version. */
export class Models {
  constructor(private readonly rows: ModelRow[]) {}

  active(tenant: string): VersionedModel | undefined {
    return this.rows.find((row) => row.tenant_id === tenant && row.active);
  }

  version(tenant: string, version: number): VersionedModel | null {
    return this.rows.find((row) => row.tenant_id === tenant && row.version === version) ?? null;
  }
}

/** Every query about scoring models. */
@Injectable()
export class ModelsStore {
  /** Gives tenants that have no model yet the default one; whoever else does so at once, there is one in the end. */
  async ensureActive(reader: Reader, tenants: string[]): Promise<void> {
    await reader.query(`
      insert into scoring_model (tenant_id, version, active, document, created_by)
      select tenant_id, 1, true, $2, 'system' from unnest($1::text[]) as tenant(tenant_id)
      where not exists (select from scoring_model known where known.tenant_id = tenant.tenant_id and known.active)
      order by tenant_id
      on conflict do nothing`, [[...new Set(tenants)], JSON.stringify(defaultModel)]);
  }

  /** The active model of each tenant, the default one if it has none yet, and what it has of the versions that are named. */
  async load(reader: Reader, tenants: string[], versions: number[]): Promise<Models> {
    const models = new Models(await reader.query<ModelRow>(`
      select tenant_id, version, active, document from scoring_model
      where tenant_id = any($1) and (active or version = any($2))`, [[...new Set(tenants)], [...new Set(versions)]]));
    const without = tenants.filter((tenant) => !models.active(tenant));
    if (without.length === 0) return models;
    await this.ensureActive(reader, without);
    return this.load(reader, tenants, versions);
  }

  async activeView(reader: Reader, tenant: string): Promise<ModelView> {
    const [model] = await reader.query<ModelView>(`
      select version, active, document, created_at, created_by from scoring_model where tenant_id = $1 and active`, [tenant]);
    return model;
  }

  /** Writes the next version and makes it the active one. */
  async activate(tx: Tx, tenant: string, document: ScoringModel, by: string): Promise<ModelView> {
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`scoring model ${tenant}`]);
    await tx.query('update scoring_model set active = false where tenant_id = $1 and active', [tenant]);
    const [model] = await tx.query<ModelView>(`
      insert into scoring_model (tenant_id, version, active, document, created_by)
      select $1, coalesce(max(version), 0) + 1, true, $2, $3 from scoring_model where tenant_id = $1
      returning version, active, document, created_at, created_by`, [tenant, JSON.stringify(document), by]);
    return model;
  }
}
