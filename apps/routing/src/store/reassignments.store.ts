import { Injectable } from '@nestjs/common';
import type { Queries, Tx } from '@headwater/platform';
import { keyOf, type LeadKey } from '../domain/assignment';
import type { Manager } from '../domain/sla/breach-mails';

/** The clock because of which a lead goes to another rep. */
export interface Reassignment extends LeadKey { readonly number: number }

/** Not before a moment, in milliseconds since 1970. */
export interface DueReassignment extends Reassignment { readonly at: number }

/** Leads that go to another rep, because nobody has called; and who manages the teams of those who should have. */
@Injectable()
export class ReassignmentsStore {
  async add(tx: Tx, due: readonly DueReassignment[]): Promise<void> {
    if (due.length === 0) return;
    await tx.query(`
      insert into sla_reassignment (tenant_id, lead_id, number, at)
      select * from unnest($1::text[], $2::bigint[], $3::integer[], $4::timestamptz[])
      on conflict do nothing`, [...columns(due), due.map(({ at }) => new Date(at).toISOString())]);
  }

  /** Some of those whose moment has come, without locking them: their leads are locked first. */
  waiting(queries: Queries, most: number): Promise<Reassignment[]> {
    return queries.query<Reassignment>(`
      select tenant_id as tenant, lead_id, number from sla_reassignment where at <= now() order by at limit $1`, [most]);
  }

  /** Takes those off the list that are on it still. Their leads are locked. */
  async take(tx: Tx, waiting: readonly Reassignment[]): Promise<Reassignment[]> {
    return tx.query<Reassignment>(`
      delete from sla_reassignment where (tenant_id, lead_id, number) in (select * from unnest($1::text[], $2::bigint[], $3::integer[]))
      returning tenant_id as tenant, lead_id, number`, columns(waiting));
  }

  /** Those who manage teams, by the team's id. */
  async managers(queries: Queries, teams: readonly { tenant: string; team_id: number }[]): Promise<Map<number, Manager[]>> {
    if (teams.length === 0) return new Map();
    const rows = await queries.query<{ id: number; managers: Manager[] }>(`
      select id, managers from team where (tenant_id, id) in (select * from unnest($1::text[], $2::bigint[]))`,
    [teams.map(({ tenant }) => tenant), teams.map(({ team_id }) => team_id)]);
    return new Map(rows.map(({ id, managers }) => [id, managers]));
  }

  /** Everybody whom a decision has given one of the leads, by the lead's key. */
  async formerOwners(queries: Queries, leads: readonly LeadKey[]): Promise<Map<string, number[]>> {
    if (leads.length === 0) return new Map();
    const rows = await queries.query<LeadKey & { ids: number[] }>(`
      select tenant_id as tenant, lead_id, array_agg(distinct (picked ->> 'id')::integer) as ids from decision
      where (tenant_id, lead_id) in (select * from unnest($1::text[], $2::bigint[])) and picked is not null group by tenant_id, lead_id`,
    [leads.map(({ tenant }) => tenant), leads.map(({ lead_id }) => lead_id)]);
    return new Map(rows.map(({ ids, ...lead }) => [keyOf(lead), ids]));
  }
}

const columns = (clocks: readonly Reassignment[]): [string[], number[], number[]] =>
  [clocks.map(({ tenant }) => tenant), clocks.map(({ lead_id }) => lead_id), clocks.map(({ number }) => number)];
