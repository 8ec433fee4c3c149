import { Injectable } from '@nestjs/common';
import type { SlaPolicies, SlaPoliciesView } from '@headwater/contracts';
import type { Queries, Tx } from '@headwater/platform';
import type { WorkingCalendar } from '../domain/calendars';

/** What a tenant's clocks go by, as it is stored. */
export interface StoredSettings {
  tenant: string;
  version: number;
  policies: SlaPolicies | null;
  calendars: { id: number; name: string; document: WorkingCalendar & { countries?: string[] }; is_default: boolean }[];
  reps: { id: number; calendar_id: number }[];
  teams: { id: number; calendar_id: number }[];
}

/** Of everything about people that is kept in memory; also calendars and policies raise it. */
const VERSION = 'coalesce((select version from people_version p where p.tenant_id = asked.tenant), 0)';

/** Policies of tenants in versions, and everything that their clocks go by. */
@Injectable()
export class SlaSettingsStore {
  /** In one statement, so that all of it is of one moment. */
  load(queries: Queries, tenants: readonly string[]): Promise<StoredSettings[]> {
    return queries.query<StoredSettings>(`
      select tenant, ${VERSION} as version,
        (select document from sla_policies p where p.tenant_id = tenant order by version desc limit 1) as policies,
        (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name, 'document', document, 'is_default', is_default) order by id), '[]')
          from calendar c where c.tenant_id = tenant) as calendars,
        (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'calendar_id', calendar_id)), '[]')
          from rep r where r.tenant_id = tenant and calendar_id is not null) as reps,
        (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'calendar_id', calendar_id)), '[]')
          from team t where t.tenant_id = tenant and calendar_id is not null) as teams
      from unnest($1::text[]) as asked(tenant)`, [tenants]);
  }

  versions(queries: Queries, tenants: readonly string[]): Promise<{ tenant: string; version: number }[]> {
    return queries.query(`select tenant, ${VERSION} as version from unnest($1::text[]) as asked(tenant)`, [tenants]);
  }

  async policies(queries: Queries, tenant: string): Promise<SlaPoliciesView | null> {
    const rows = await queries.query<SlaPoliciesView>(`
      select version, document, created_at, created_by from sla_policies where tenant_id = $1 order by version desc limit 1`, [tenant]);
    return rows[0] ?? null;
  }

  /** The tenant's rotation is locked. */
  async addPolicies(tx: Tx, tenant: string, document: SlaPolicies, by: string): Promise<SlaPoliciesView> {
    const [added] = await tx.query<SlaPoliciesView>(`
      insert into sla_policies (tenant_id, version, document, created_by)
      select $1, coalesce(max(version), 0) + 1, $2::jsonb, $3 from sla_policies where tenant_id = $1
      returning version, document, created_at, created_by`, [tenant, JSON.stringify(document), by]);
    return added;
  }
}
