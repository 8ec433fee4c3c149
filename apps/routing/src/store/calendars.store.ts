import { Injectable } from '@nestjs/common';
import type { Calendar } from '@headwater/contracts';
import type { Tx } from '@headwater/platform';
import type { WorkingCalendar } from '../domain/calendars';

type Queries = Pick<Tx, 'query'>;

/** What is kept of a calendar besides its name, and whether it is the default one. */
export type CalendarDocument = WorkingCalendar & { readonly countries: readonly string[] };

export interface KeptCalendar { name: string; is_default: boolean; document: CalendarDocument }

const VIEW = `select id, name, document ->> 'time_zone' as time_zone, document -> 'weekly' as weekly, document -> 'holidays' as holidays,
  document -> 'exceptions' as exceptions, document -> 'countries' as countries, is_default, created_at, updated_at from calendar`;

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

  /** Those of the tenants that have no calendar. */
  async withoutAny(queries: Queries, tenants: readonly string[]): Promise<string[]> {
    const rows = await queries.query<{ tenant: string }>(`
      select tenant from unnest($1::text[]) as asked(tenant) where not exists (select from calendar c where c.tenant_id = tenant)`, [tenants]);
    return rows.map(({ tenant }) => tenant);
  }

  /** The default one of tenants that have none yet. @returns the ids of those that were made */
  async addDefaults(tx: Tx, defaults: readonly (KeptCalendar & { tenant: string })[]): Promise<{ tenant: string; id: number }[]> {
    return tx.query(`
      insert into calendar (tenant_id, name, document, is_default)
      select tenant, name, document, true from jsonb_to_recordset($1::jsonb) as n(tenant text, name text, document jsonb)
      where not exists (select from calendar c where c.tenant_id = n.tenant)
      on conflict do nothing returning tenant_id as tenant, id`, [JSON.stringify(defaults)]);
  }

  /** @param id null: a new one @returns its id */
  async write(tx: Tx, tenant: string, id: number | null, { name, is_default, document }: KeptCalendar): Promise<number> {
    if (is_default) await tx.query('update calendar set is_default = false where tenant_id = $1 and is_default and id is distinct from $2', [tenant, id]);
    const [written] = id === null
      ? await tx.query<{ id: number }>(`
        insert into calendar (tenant_id, name, document, is_default) values ($1, $2, $3::jsonb, $4) returning id`,
      [tenant, name, JSON.stringify(document), is_default])
      : await tx.query<{ id: number }>(`
        update calendar set name = $3, document = $4::jsonb, is_default = $5, updated_at = now()
        where tenant_id = $1 and id = $2 returning id`, [tenant, id, name, JSON.stringify(document), is_default]);
    return written.id;
  }

  async remove(tx: Tx, tenant: string, id: number): Promise<void> {
    await tx.query('delete from calendar where tenant_id = $1 and id = $2', [tenant, id]);
  }

  /** What goes by a calendar: reps, teams, and the policies that count. */
  async users(tx: Tx, tenant: string, id: number): Promise<{ reps: number[]; teams: number[]; policies: string[] }> {
    const [users] = await tx.query<{ reps: number[]; teams: number[]; policies: string[] }>(`
      select array(select id::integer from rep where tenant_id = $1 and calendar_id = $2 order by id limit 20) as reps,
        array(select id::integer from team where tenant_id = $1 and calendar_id = $2 order by id limit 20) as teams,
        array(select policy ->> 'name' from (
          select document from sla_policies where tenant_id = $1 order by version desc limit 1) newest,
          jsonb_array_elements(document -> 'policies') as policy where (policy ->> 'calendar_id')::bigint = $2 limit 20) as policies`, [tenant, id]);
    return users;
  }
}
