import { Injectable } from '@nestjs/common';
import type { DriftRule, ScoringAudit, TenantSettings } from '@headwater/contracts';
import type { Queries, Tx } from '@headwater/platform';
import type { OutcomeCount } from '../domain/audit/audit-models';

export interface DueAudit { tenant_id: string; time_zone: string; day: string }

/** A lead that was merged into another one is part of that. */
const OF_ITS_OWN = `not exists (select from lead_tie tie
  where tie.tenant_id = outcome.tenant_id and tie.lead_id = outcome.lead_id and tie.merged_into is not null)`;

/** The beginning of the first of `$3` quarters up to the present one, in the zone `$2`. */
const FIRST_DAY = `(date_trunc('quarter', now() at time zone $2) - ($3::integer - 1) * interval '3 months')`;

export interface Counted { now: string; from: string; unscored: number; counts: OutcomeCount[] }

/** Every query about audits. */
@Injectable()
export class AuditsStore {
  /** What was decided about the leads of a tenant in so many quarters of its time zone, up to the present one. */
  async count(queries: Queries, tenant: string, timeZone: string, quarters: number): Promise<Counted> {
    const [row] = await queries.query<Counted>(`
      with decided as (
        select outcome.*, date_trunc('quarter', at at time zone $2)::date as day from lead_outcome outcome
        where tenant_id = $1 and at >= ${FIRST_DAY} at time zone $2 and ${OF_ITS_OWN}
      ), counted as (
        select to_char(day, 'YYYY"-Q"Q') as quarter, day as "from", model_version, grade, outcome,
               count(*)::integer as count, sum(total)::integer as total, sum(effective_total)::integer as effective_total
        from decided where total is not null group by day, model_version, grade, outcome
      )
      select now() as now, ${FIRST_DAY}::date as "from", (select count(*)::integer from decided where total is null) as unscored,
             (select coalesce(json_agg(counted), '[]') from counted) as counts`, [tenant, timeZone, quarters]);
    return row;
  }

  /** The drift rule of each version that has one of its own, and whether it is active. */
  async models(queries: Queries, tenant: string): Promise<{ version: number; active: boolean; drift: DriftRule | null }[]> {
    return queries.query(`select version, active, document->'drift' as drift from scoring_model where tenant_id = $1`, [tenant]);
  }

  async find(queries: Queries, tenant: string, day: string): Promise<ScoringAudit | undefined> {
    const [row] = await queries.query<{ report: ScoringAudit }>('select report from scoring_audit where tenant_id = $1 and day = $2', [tenant, day]);
    return row?.report;
  }

  /** Tenants of which something was decided; where they are is learnt from their settings. */
  async schedule(tx: Tx, tenants: readonly string[]): Promise<void> {
    await tx.query(`
      insert into audit_schedule (tenant_id, time_zone) select distinct tenant_id, 'UTC' from unnest($1::text[]) as told(tenant_id)
      order by tenant_id on conflict do nothing`, [tenants]);
  }

  async learnZones(tx: Tx, tenants: readonly { tenant: TenantSettings; revision: number }[]): Promise<void> {
    await tx.query(`
      insert into audit_schedule as known (tenant_id, time_zone, revision)
      select * from unnest($1::text[], $2::text[], $3::bigint[]) as told(tenant_id, time_zone, revision) order by tenant_id
      on conflict (tenant_id) do update set time_zone = excluded.time_zone, revision = excluded.revision
      where excluded.revision > known.revision`, [
      tenants.map(({ tenant }) => tenant.id), tenants.map(({ tenant }) => tenant.time_zone), tenants.map(({ revision }) => revision),
    ]);
  }

  /** A tenant that wasn't audited on its present day yet, locked until the transaction ends; one that another replica works on is left to it. */
  async claim(tx: Tx): Promise<DueAudit | undefined> {
    const [due] = await tx.query<DueAudit>(`
      select tenant_id, time_zone, (now() at time zone time_zone)::date as day from audit_schedule
      where audited_on is distinct from (now() at time zone time_zone)::date
        and exists (select from lead_outcome outcome where outcome.tenant_id = audit_schedule.tenant_id)
      order by tenant_id limit 1 for update skip locked`);
    return due;
  }

  async keep(tx: Tx, { tenant_id, day }: DueAudit, report: ScoringAudit): Promise<void> {
    await tx.query(`
      with done as (update audit_schedule set audited_on = $2 where tenant_id = $1)
      insert into scoring_audit (tenant_id, day, report) values ($1, $2, $3)
      on conflict (tenant_id, day) do update set report = excluded.report, audited_at = now()`, [tenant_id, day, JSON.stringify(report)]);
  }

  /** @returns those of the versions of which it wasn't told yet that they drift in that quarter */
  async firstTold(tx: Tx, tenant: string, drifts: readonly { model_version: number; quarter: string }[]): Promise<Set<number>> {
    if (drifts.length === 0) return new Set();
    const rows = await tx.query<{ model_version: number }>(`
      insert into told_drift (tenant_id, model_version, quarter) select $1, * from unnest($2::integer[], $3::text[])
      on conflict do nothing returning model_version`, [tenant, drifts.map(({ model_version }) => model_version), drifts.map(({ quarter }) => quarter)]);
    return new Set(rows.map(({ model_version }) => model_version));
  }
}
