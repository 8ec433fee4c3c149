import { Injectable } from '@nestjs/common';
import type { Reassignment } from '@headwater/contracts';
import type { Queries, Tx } from '@headwater/platform';

/** One that is running, and locked. */
export interface RunningReassignment {
  readonly id: number;
  readonly tenant: string;
  readonly from_id: number;
  readonly to_id: number | null;
  readonly to_pool: string | null;
  readonly reason: string | null;
  readonly started_by: string;
  readonly at_lead: number;
}

/** How far a chunk has come. */
export interface ReassignmentStep { readonly at_lead: number; readonly isDone: boolean; readonly reassigned: number; readonly unassigned: number }

/** Leads that are looked through to find those of a rep: so many rows of the tenant's, in the order of their ids. */
const LOOKED_THROUGH = 20_000;

const VIEW = `
  select x.id, case when done_at is null then 'running' else 'done' end as state, x.reason, x.started_by, x.started_at, x.done_at, x.open_leads,
    x.to_pool, x.reassigned, x.unassigned, (select jsonb_build_object('id', r.id, 'name', r.name) from rep r where r.id = x.from_id) as "from",
    (select jsonb_build_object('id', r.id, 'name', r.name) from rep r where r.id = x.to_id) as "to"
  from rep_reassignment x`;

/** Reassignments of all open leads of a rep. */
@Injectable()
export class RepReassignmentsStore {
  /** @returns null where one of the same rep is running */
  async add(tx: Tx, { tenant, from_id, to_id, to_pool, reason, started_by }: Omit<RunningReassignment, 'id' | 'at_lead'>): Promise<number | null> {
    const [added] = await tx.query<{ id: number }>(`
      insert into rep_reassignment (tenant_id, from_id, to_id, reason, started_by, to_pool, open_leads)
      values ($1, $2, $3, $4, $5, $6, coalesce((select open_leads from rep_load where rep_id = $2), 0))
      on conflict (from_id) where done_at is null do nothing
      returning id`,
    [tenant, from_id, to_id, reason, started_by, to_pool]);
    return added?.id ?? null;
  }

  async find(queries: Queries, tenant: string, id: number): Promise<Reassignment | null> {
    const [found] = await queries.query<Reassignment>(`${VIEW} where x.tenant_id = $1 and x.id = $2`, [tenant, id]);
    return found ?? null;
  }

  /** Newest first. */
  list(queries: Queries, tenant: string, before: number | null, limit: number): Promise<Reassignment[]> {
    return queries.query<Reassignment>(
      `${VIEW} where x.tenant_id = $1 and ($2::bigint is null or x.id < $2) order by x.id desc limit $3`, [tenant, before, limit]);
  }

  /** The oldest one that nobody else is at; locked. */
  async claim(tx: Tx): Promise<RunningReassignment | null> {
    const [claimed] = await tx.query<RunningReassignment>(`
      select id, tenant_id as tenant, from_id, to_id, to_pool, reason, started_by, at_lead from rep_reassignment
      where done_at is null order by id limit 1 for update skip locked`);
    return claimed ?? null;
  }

  async step(tx: Tx, id: number, { at_lead, isDone, reassigned, unassigned }: ReassignmentStep): Promise<void> {
    await tx.query(`
      update rep_reassignment set at_lead = $2, reassigned = reassigned + $3, unassigned = unassigned + $4, done_at = case when $5 then now() end
      where id = $1`, [id, at_lead, reassigned, unassigned, isDone]);
  }

  /**
   * The next open leads of a rep, without locking them. No index knows owners, as each routing would have to write it: some of the
   * tenant's leads are looked through in the order of their ids.
   * @returns where to go on, and whether there is nothing behind it
   */
  async leadsOf(tx: Tx, tenant: string, rep_id: number, after: number, most: number): Promise<{ ids: number[]; at_lead: number; isDone: boolean }> {
    const [{ ids, last, looked }] = await tx.query<{ ids: number[] | null; last: number | null; looked: number }>(`
      with passed as materialized (
        select lead_id, owner_id, converted from lead_assignment where tenant_id = $1 and lead_id > $2 order by lead_id limit ${LOOKED_THROUGH}
      ), theirs as (select lead_id from passed where owner_id = $3 and converted is null order by lead_id limit $4)
      select (select jsonb_agg(lead_id order by lead_id) from theirs) as ids, (select max(lead_id) from passed) as last, (select count(*) from passed) as looked`,
    [tenant, after, rep_id, most]);
    const found = ids ?? [];
    if (found.length === most) return { ids: found, at_lead: found[most - 1], isDone: false };
    return { ids: found, at_lead: last ?? after, isDone: looked < LOOKED_THROUGH };
  }
}
