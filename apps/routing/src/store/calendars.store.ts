import { Injectable } from '@nestjs/common';
import type { Calendar } from '@headwater/contracts';
import type { Queries, Tx } from '@headwater/platform';
import type { WorkingCalendar } from '../domain/calendars';

/** What is kept of a calendar besides its name, and whether it is the default one. */
export type CalendarDocument = WorkingCalendar & { readonly countries: readonly string[] };

export interface KeptCalendar {
  name: string;
  is_default: boolean;
  /** its zone moves with the tenant's */
  follows_tenant: boolean;
  /** of the tenant whose zone is known to it; an older one moves it nowhere */
  tenant_revision: number;
  document: CalendarDocument;
}

/** The zone of a tenant, at one of its revisions; 0: nobody has told of any. */
export interface TenantZone { tenant: string; time_zone: string; revision: number }

const VIEW = `select id, name, document ->> 'time_zone' as time_zone, document -> 'weekly' as weekly, document -> 'holidays' as holidays,
  document -> 'exceptions' as exceptions, document -> 'countries' as countries, is_default, follows_tenant, created_at, updated_at from calendar`;

/** Who works when. Whoever changes them holds the tenant's rotation lock. */
@Injectable()
export class CalendarsStore {
  list(queries: Queries, tenant: string, after: number, limit: number): Promise<Calendar[]> {
    return queries.query<Calendar>(`${VIEW} where tenant_id = $1 and id > $2 order by id limit $3`, [tenant, after, limit]);
  }

  async find(queries: Queries, tenant: string, id: number): Promise<Calendar | null> {
    const rows = await queries.query<Calendar>(`${VIEW} where tenant_id = $1 and id = $2`, [tenant, id]);
    return rows[0] ?? null;
  }

  async count(queries: Queries, tenant: string): Promise<number> {
    const [{ count }] = await queries.query<{ count: number }>('select count(*) from calendar where tenant_id = $1', [tenant]);
    return count;
  }

  /** Whether another calendar has the name, whatever its capitals. */
  async isTaken(tx: Tx, tenant: string, name: string, id: number | null): Promise<boolean> {
    const rows = await tx.query('select from calendar where tenant_id = $1 and lower(name) = lower($2) and id is distinct from $3', [tenant, name, id]);
    return rows.length > 0;
  }

  async hasAny(queries: Queries, tenant: string): Promise<boolean> {
    const rows = await queries.query('select from calendar where tenant_id = $1 limit 1', [tenant]);
    return rows.length > 0;
  }

  /** The default one of tenants that have none yet. @returns the ids of those that were made */
  async addDefaults(tx: Tx, defaults: readonly (KeptCalendar & { tenant: string })[]): Promise<{ tenant: string; id: number }[]> {
    return tx.query(`
      insert into calendar (tenant_id, name, document, is_default, follows_tenant, tenant_revision)
      select tenant, name, document, true, true, tenant_revision
      from jsonb_to_recordset($1::jsonb) as n(tenant text, name text, document jsonb, tenant_revision bigint)
      where not exists (select from calendar c where c.tenant_id = n.tenant)
      on conflict do nothing returning tenant_id as tenant, id`, [JSON.stringify(defaults)]);
  }

  /** @param id null: a new one @returns its id */
  async write(tx: Tx, tenant: string, id: number | null, { name, is_default, follows_tenant, tenant_revision, document }: KeptCalendar): Promise<number> {
    if (is_default) await tx.query('update calendar set is_default = false where tenant_id = $1 and is_default and id is distinct from $2', [tenant, id]);
    const [written] = id === null
      ? await tx.query<{ id: number }>(`
        insert into calendar (tenant_id, name, document, is_default, follows_tenant, tenant_revision) values ($1, $2, $3::jsonb, $4, $5, $6) returning id`,
      [tenant, name, JSON.stringify(document), is_default, follows_tenant, tenant_revision])
      : await tx.query<{ id: number }>(`
        update calendar set name = $3, document = $4::jsonb, is_default = $5, follows_tenant = $6, tenant_revision = $7, updated_at = now()
        where tenant_id = $1 and id = $2 returning id`, [tenant, id, name, JSON.stringify(document), is_default, follows_tenant, tenant_revision]);
    return written.id;
  }

  /** Those of the zones that are news. */
  async unheard(queries: Queries, zones: readonly TenantZone[]): Promise<TenantZone[]> {
    return queries.query<TenantZone>(`
      select n.* from jsonb_to_recordset($1::jsonb) as n(tenant text, time_zone text, revision bigint)
      left join tenant_zone z on z.tenant_id = n.tenant where z.revision is null or z.revision < n.revision`, [JSON.stringify(zones)]);
  }

  /** Keeps what is news of the zones. */
  async hear(tx: Tx, zones: readonly TenantZone[]): Promise<void> {
    await tx.query(`
      insert into tenant_zone as known (tenant_id, time_zone, revision)
      select tenant, time_zone, revision from jsonb_to_recordset($1::jsonb) as n(tenant text, time_zone text, revision bigint)
      on conflict (tenant_id) do update set time_zone = excluded.time_zone, revision = excluded.revision where known.revision < excluded.revision`,
    [JSON.stringify(zones)]);
  }

  /** The zone of a tenant, as it was heard last. @param otherwise when nobody has told of it yet */
  async zoneOf(queries: Queries, tenant: string, otherwise: string): Promise<TenantZone> {
    const [heard] = await queries.query<TenantZone>('select tenant_id as tenant, time_zone, revision from tenant_zone where tenant_id = $1', [tenant]);
    return heard ?? { tenant, time_zone: otherwise, revision: 0 };
  }

  /** Calendars that follow their tenants move into these zones. @returns those for which it is another one */
  async follow(tx: Tx, zones: readonly TenantZone[]): Promise<{ tenant: string; id: number; before: string; after: string }[]> {
    const moved = await tx.query<{ tenant: string; id: number; before: string; after: string }>(`
      update calendar c set tenant_revision = n.revision, document = jsonb_set(c.document, '{time_zone}', to_jsonb(n.time_zone)),
        updated_at = case when was.time_zone = n.time_zone then c.updated_at else now() end
      from jsonb_to_recordset($1::jsonb) as n(tenant text, time_zone text, revision bigint)
      join lateral (select id, document ->> 'time_zone' as time_zone from calendar k where k.tenant_id = n.tenant) was on true
      where c.id = was.id and c.follows_tenant and c.tenant_revision < n.revision
      returning c.tenant_id as tenant, c.id, was.time_zone as before, n.time_zone as after`, [JSON.stringify(zones)]);
    return moved.filter(({ before, after }) => before !== after);
  }

  /** One that nobody goes by; whoever is inactive and did doesn't any more. */
  async remove(tx: Tx, tenant: string, id: number): Promise<void> {
    await tx.query(`
      with reps as (update rep set calendar_id = null where tenant_id = $1 and calendar_id = $2),
        teams as (update team set calendar_id = null where tenant_id = $1 and calendar_id = $2)
      delete from calendar where tenant_id = $1 and id = $2`, [tenant, id]);
  }

  /** What goes by a calendar: active reps and teams, and the policies that count. */
  async users(tx: Tx, tenant: string, id: number): Promise<{ reps: number[]; teams: number[]; policies: string[] }> {
    const [users] = await tx.query<{ reps: number[]; teams: number[]; policies: string[] }>(`
      select array(select id::integer from rep where tenant_id = $1 and calendar_id = $2 and active order by id limit 20) as reps,
        array(select id::integer from team where tenant_id = $1 and calendar_id = $2 and active order by id limit 20) as teams,
        array(select policy ->> 'name' from (
          select document from sla_policies where tenant_id = $1 order by version desc limit 1) newest,
          jsonb_array_elements(document -> 'policies') as policy where (policy ->> 'calendar_id')::bigint = $2 limit 20) as policies`, [tenant, id]);
    return users;
  }
}
