import { Injectable } from '@nestjs/common';
import type { ModelState, ScoringModelSummary, ScoringModelVersion } from '@headwater/contracts';
import type { Queries, Tx } from '@headwater/platform';
import type { ScoringModel } from '../domain/scoring-model';

const SUMMARY = `
  id, version, document->>'name' as name, case when active then 'active' when activated_at is null then 'draft' else 'retired' end as state,
  active, nullif(segment, '') as segment, created_at, created_by, updated_at, activated_at, activated_by`;
const VERSION = `${SUMMARY}, document`;

const IN_STATE: Readonly<Record<ModelState, string>> = {
  draft: 'not active and activated_at is null', active: 'active', retired: 'not active and activated_at is not null',
};

/** Every query about the versions of a tenant's models, as people see them. */
@Injectable()
export class ModelVersionsStore {
  /** Whoever changes versions of a tenant does it one after the other. */
  async lock(tx: Tx, tenant: string): Promise<void> {
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`scoring model ${tenant}`]);
  }

  async find(queries: Queries, tenant: string, id: number): Promise<ScoringModelVersion | undefined> {
    const [found] = await queries.query<ScoringModelVersion>(`select ${VERSION} from scoring_model where tenant_id = $1 and id = $2`, [tenant, id]);
    return found;
  }

  /** What a version took the place of when it was activated last. */
  async replacedBy(tx: Tx, tenant: string, id: number): Promise<ScoringModelVersion | undefined> {
    const [found] = await tx.query<ScoringModelVersion>(`
      select ${VERSION} from scoring_model
      where tenant_id = $1 and id = (select replaced_id from scoring_model where tenant_id = $1 and id = $2)`, [tenant, id]);
    return found;
  }

  /** @param segment null for the one of all leads that no segment has */
  async active(queries: Queries, tenant: string, segment: string | null): Promise<ScoringModelVersion | undefined> {
    const [found] = await queries.query<ScoringModelVersion>(`
      select ${VERSION} from scoring_model where tenant_id = $1 and active and segment = coalesce($2, '')`, [tenant, segment]);
    return found;
  }

  /** The newest first. @param before the version to go on from; null for the beginning */
  list(queries: Queries, tenant: string, { state, before, limit }: { state?: ModelState; before: number | null; limit: number }): Promise<ScoringModelSummary[]> {
    return queries.query<ScoringModelSummary>(`
      select ${SUMMARY} from scoring_model
      where tenant_id = $1 and ($2::bigint is null or version < $2) ${state ? `and ${IN_STATE[state]}` : ''}
      order by version desc limit $3`, [tenant, before, limit]);
  }

  async countDrafts(tx: Tx, tenant: string): Promise<number> {
    const [{ drafts }] = await tx.query<{ drafts: number }>(`
      select count(*)::integer as drafts from scoring_model where tenant_id = $1 and ${IN_STATE.draft}`, [tenant]);
    return drafts;
  }

  /** Writes the next version; the tenant is locked. */
  async draft(tx: Tx, tenant: string, document: ScoringModel, by: string): Promise<ScoringModelVersion> {
    const [model] = await tx.query<ScoringModelVersion>(`
      insert into scoring_model (tenant_id, version, active, document, created_by, activated_at)
      select $1, coalesce(max(version), 0) + 1, false, $2, $3, null from scoring_model where tenant_id = $1
      returning ${VERSION}`, [tenant, JSON.stringify(document), by]);
    return model;
  }

  async revise(tx: Tx, tenant: string, id: number, document: ScoringModel): Promise<ScoringModelVersion> {
    const [model] = await tx.query<ScoringModelVersion>(`
      update scoring_model set document = $3, updated_at = now() where tenant_id = $1 and id = $2 returning ${VERSION}`,
    [tenant, id, JSON.stringify(document)]);
    return model;
  }

  async remove(tx: Tx, tenant: string, id: number): Promise<void> {
    await tx.query(`delete from scoring_model where tenant_id = $1 and id = $2 and ${IN_STATE.draft}`, [tenant, id]);
  }

  async retire(tx: Tx, tenant: string, id: number): Promise<ScoringModelVersion> {
    const [model] = await tx.query<ScoringModelVersion>(`
      update scoring_model set active = false where tenant_id = $1 and id = $2 returning ${VERSION}`, [tenant, id]);
    return model;
  }

  /** @param replaced the version whose place it takes, retired before; undefined leaves what it took the place of before */
  async activate(tx: Tx, tenant: string, id: number, by: string, replaced: number | null | undefined): Promise<ScoringModelVersion> {
    const [model] = await tx.query<ScoringModelVersion>(`
      update scoring_model set active = true, activated_at = now(), activated_by = $3, replaced_id = case when $4 then $5 else replaced_id end
      where tenant_id = $1 and id = $2 returning ${VERSION}`, [tenant, id, by, replaced !== undefined, replaced ?? null]);
    return model;
  }
}
