import { Injectable } from '@nestjs/common';
import type { FrequenciesDocument, MatchingModel } from '@headwater/matching';
import type { Queries, Tx } from '@headwater/platform';
import { completeModel } from '../domain/stored-documents';

/** Which model and which frequencies a tenant has; 0 for none of its own. */
export interface MatchingVersions { tenant_id: string; model: number; statistics: number }

export interface StoredModel { tenant_id: string; version: number; document: MatchingModel; created_at: string; created_by: string }

/** @property records how many the tenant had when some of them were counted */
export interface StoredStatistics { tenant_id: string; version: number; records: number; document: FrequenciesDocument }

/** Of a row's tenant: whether its leads may be keyed by the model in force, which then stays until the transaction ends. */
export const MAY_KEY = `pg_try_advisory_xact_lock_shared(hashtextextended('keyed by the model of ' || tenant_id, 0))`;

/** Held by who counts the values of the tenant $1. */
const COUNTING = `hashtextextended('match statistics ' || $1, 0)`;

/** How tenants' leads are matched, and how common their values are. */
@Injectable()
export class MatchingModelsStore {
  versions(queries: Queries, tenants: string[]): Promise<MatchingVersions[]> {
    return queries.query<MatchingVersions>(`
      select tenant_id, coalesce((select version from matching_model m where m.tenant_id = t.tenant_id and m.active), 0) as model,
             coalesce((select version from match_statistics s where s.tenant_id = t.tenant_id), 0) as statistics
      from unnest($1::text[]) as t(tenant_id)`, [tenants]);
  }

  async active(queries: Queries, tenant: string): Promise<StoredModel | undefined> {
    const [model] = await queries.query<StoredModel>('select * from matching_model where tenant_id = $1 and active', [tenant]);
    return model && { ...model, document: completeModel(model.document) };
  }

  async statistics(queries: Queries, tenant: string): Promise<StoredStatistics | undefined> {
    const [statistics] = await queries.query<StoredStatistics>('select * from match_statistics where tenant_id = $1', [tenant]);
    return statistics;
  }

  /** One change at a time for a tenant. */
  async lock(tx: Tx, tenant: string): Promise<void> {
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('matching model ' || $1, 0))`, [tenant]);
  }

  /**
   * Whether no model of these tenants is being put at this moment; until the transaction ends none will be. Ask for it in a statement before the one that
   * reads the models.
   */
  async mayKey(tx: Tx, tenants: string[]): Promise<boolean> {
    const rows = await tx.query<{ may: boolean }>(`select ${MAY_KEY} as may from unnest($1::text[]) as t(tenant_id)`, [tenants]);
    return rows.every(({ may }) => may);
  }

  /** Waits for those who key leads of a tenant by the model in force; nobody does so any more until the transaction ends. */
  async stopKeying(tx: Tx, tenant: string): Promise<void> {
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('keyed by the model of ' || $1, 0))`, [tenant]);
  }

  /** Makes the document the next version, and the active one, once the tenant's models are locked. */
  async activate(tx: Tx, tenant: string, document: MatchingModel, by: string): Promise<StoredModel> {
    await tx.query('update matching_model set active = false where tenant_id = $1 and active', [tenant]);
    const [model] = await tx.query<StoredModel>(`
      insert into matching_model (tenant_id, version, active, document, created_by)
      select $1, coalesce(max(version), 0) + 1, true, $2, $3 from matching_model where tenant_id = $1 returning *`,
      [tenant, JSON.stringify(document), by]);
    return model;
  }

  /** Whether nobody else counts a tenant's values at the moment; until the transaction ends nobody else will. */
  async mayCount(tx: Tx, tenant: string): Promise<boolean> {
    const [{ mine }] = await tx.query<{ mine: boolean }>(`select pg_try_advisory_xact_lock(${COUNTING}) as mine`, [tenant]);
    return mine;
  }

  /** Waits until nobody else counts them. */
  async lockCounts(tx: Tx, tenant: string): Promise<void> {
    await tx.query(`select pg_advisory_xact_lock(${COUNTING})`, [tenant]);
  }

  /** How many leads a tenant had when its values were counted. */
  async counted(queries: Queries, tenant: string): Promise<number> {
    const [statistics] = await queries.query<{ records: number }>('select records from match_statistics where tenant_id = $1', [tenant]);
    return statistics?.records ?? 0;
  }

  async keepStatistics(tx: Tx, tenant: string, records: number, document: FrequenciesDocument): Promise<void> {
    await tx.query(`
      insert into match_statistics (tenant_id, version, records, document) values ($1, 1, $2, $3)
      on conflict (tenant_id) do update set
        version = match_statistics.version + 1, records = excluded.records, document = excluded.document, taken_at = now()`,
      [tenant, records, JSON.stringify(document)]);
  }
}
