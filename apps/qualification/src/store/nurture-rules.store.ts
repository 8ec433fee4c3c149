import { Injectable } from '@nestjs/common';
import type { NurtureRules, NurtureRulesView } from '@headwater/contracts';
import type { Queries, Tx } from '@headwater/platform';

/** As the index says it that has these alone. */
const ENROLS_OPEN = `document @? '$.enrol[*].from[*] ? (@ != "disqualified")'`;

/** Nurture rules of tenants, in versions. */
@Injectable()
export class NurtureRulesStore {
  /** The present versions; none of a tenant that has put none. */
  versions(queries: Queries, tenants: readonly string[]): Promise<{ tenant: string; version: number }[]> {
    return queries.query(`
      select tenant_id as tenant, max(version) as version from nurture_rules where tenant_id = any($1::text[]) group by tenant_id`, [tenants]);
  }

  /** Those whose newest rules enrol open leads: nobody else's row is read for it. */
  versionsForOpen(queries: Queries): Promise<{ tenant: string; version: number }[]> {
    return queries.query(`
      select tenant_id as tenant, version from nurture_rules as present where ${ENROLS_OPEN} and not exists (
        select from nurture_rules as newer where newer.tenant_id = present.tenant_id and newer.version > present.version)`);
  }

  /** Documents in their versions, in any order. */
  at(queries: Queries, keys: readonly { tenant: string; version: number }[]): Promise<{ tenant: string; version: number; document: NurtureRules }[]> {
    return queries.query(`
      select tenant_id as tenant, version, document from unnest($1::text[], $2::integer[]) as asked(tenant_id, version)
      join nurture_rules using (tenant_id, version)`, [keys.map(({ tenant }) => tenant), keys.map(({ version }) => version)]);
  }

  async newest(queries: Queries, tenant: string): Promise<NurtureRulesView | null> {
    const rows = await queries.query<NurtureRulesView>(`
      select version, document, created_at, created_by from nurture_rules where tenant_id = $1 order by version desc limit 1`, [tenant]);
    return rows[0] ?? null;
  }

  /** Two at once become two versions. */
  async add(tx: Tx, tenant: string, document: NurtureRules, by: string): Promise<NurtureRulesView> {
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('nurture_rules ' || $1, 0))`, [tenant]);
    const [added] = await tx.query<NurtureRulesView>(`
      insert into nurture_rules (tenant_id, version, document, created_by)
      select $1, coalesce(max(version), 0) + 1, $2::jsonb, $3 from nurture_rules where tenant_id = $1
      returning version, document, created_at, created_by`, [tenant, JSON.stringify(document), by]);
    return added;
  }
}
