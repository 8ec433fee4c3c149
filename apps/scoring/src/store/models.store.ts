import { Injectable } from '@nestjs/common';
import type { Queries } from '@headwater/platform';
import { defaultModel } from '../domain/default-model';
import type { VersionedModel } from '../domain/lead-score';
import type { ScoringModel } from '../domain/scoring-model';

/** Documents that a process remembers: most tenants have one that counts, or two. */
const MOST_REMEMBERED = 1_000;

interface ModelRow { id: number; tenant_id: string; version: number; active: boolean; segment: string; reached: number | null }

/** The models of some tenants. */
export class Models {
  private readonly byVersion: Map<string, VersionedModel>;

  /** @param rows active ones in the order in which their segments are asked */
  constructor(private readonly rows: readonly ModelRow[], documents: ReadonlyMap<number, VersionedModel>) {
    this.byVersion = new Map(rows.map(({ tenant_id, version, id }) => [`${tenant_id} ${version}`, documents.get(id)!]));
  }

  /** The one for all leads that no segment has. */
  active(tenant: string): VersionedModel | undefined {
    const row = this.rows.find((one) => one.tenant_id === tenant && one.active && one.segment === '');
    return row && this.version(tenant, row.version)!;
  }

  /** Those of segments, the first to be asked first. */
  segments(tenant: string): VersionedModel[] {
    return this.rows.filter((one) => one.tenant_id === tenant && one.active && one.segment !== '').map(({ version }) => this.version(tenant, version)!);
  }

  version(tenant: string, version: number): VersionedModel | null {
    return this.byVersion.get(`${tenant} ${version}`) ?? null;
  }

  /** The leads up to this id were scored by what is active now. */
  reached(tenant: string): number {
    return this.rows.find((one) => one.tenant_id === tenant)?.reached ?? Infinity;
  }
}

/** What scores are made with. A version that was active once never changes, so its document is read once. */
@Injectable()
export class ModelsStore {
  private readonly remembered = new Map<number, VersionedModel>();

  /** Gives tenants that have no model yet the default one; whoever else does so at once, there is one in the end. */
  async ensureActive(queries: Queries, tenants: string[]): Promise<void> {
    await queries.query(`
      insert into scoring_model (tenant_id, version, active, document, created_by, activated_by)
      select tenant_id, 1, true, $2, 'system', 'system' from unnest($1::text[]) as tenant(tenant_id)
      where not exists (select from scoring_model known where known.tenant_id = tenant.tenant_id and known.active and known.segment = '')
      order by tenant_id
      on conflict do nothing`, [[...new Set(tenants)], JSON.stringify(defaultModel)]);
  }

  /** The active models of each tenant, the default one if it has none yet, and what it has of the versions that are named. */
  async load(queries: Queries, tenants: string[], versions: number[]): Promise<Models> {
    const rows = await queries.query<ModelRow>(`
      select id, tenant_id, version, active, segment, (
        select after from rescore where rescore.tenant_id = model.tenant_id and rescore.state = 'running') as reached
      from scoring_model model where tenant_id = any($1) and (active or version = any($2))
      order by segment_priority, id`, [[...new Set(tenants)], [...new Set(versions)]]);
    const models = new Models(rows, await this.documents(queries, rows));
    const without = tenants.filter((tenant) => !models.active(tenant));
    if (without.length === 0) return models;
    await this.ensureActive(queries, without);
    return this.load(queries, tenants, versions);
  }

  private async documents(queries: Queries, rows: readonly ModelRow[]): Promise<Map<number, VersionedModel>> {
    const missing = rows.filter(({ id }) => !this.remembered.has(id));
    const read = missing.length === 0 ? [] : await queries.query<VersionedModel & { id: number }>(`
      select id, version, document from scoring_model where tenant_id = any($1) and id = any($2::bigint[])`,
    [missing.map(({ tenant_id }) => tenant_id), missing.map(({ id }) => id)]);
    const documents = new Map(rows.flatMap(({ id }) => {
      const known = this.remembered.get(id);
      return known ? [[id, known] as const] : [];
    }));
    if (this.remembered.size + read.length > MOST_REMEMBERED) this.remembered.clear();
    for (const { id, version, document } of read) {
      const model = { version, document: document as ScoringModel };
      documents.set(id, model);
      this.remembered.set(id, model);
    }
    return documents;
  }
}
