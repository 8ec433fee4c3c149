import { Injectable } from '@nestjs/common';
import type { LeadRoutedData } from '@headwater/contracts';
import { FAMILY, Families, LeadTies } from '@headwater/messaging';
import type { Queries, Tx } from '@headwater/platform';
import { isOnlyScored, keyOf, unheardOf, type Assignment, type Change, type LeadKey } from '../domain/assignment';
import { movedLoad } from '../domain/open-leads';

/** People by subselects: joins take PostgreSQL longer to plan than to run. */
const COLUMNS = `
  a.tenant_id as tenant, a.lead_id, a.revision, a.intake_revision, a.facts, a.scoring_revision, a.score, a.priority, a.priority_by,
    a.next_follow_up, a.because, a.decision_id, a.awaits_routing, a.converted, a.routed_at, a.own, a.sla_policy, a.waits,
    exists (select from lead_tie tie where tie.tenant_id = a.tenant_id and tie.lead_id = a.lead_id and tie.merged_into is not null) as is_merged,
    (select jsonb_build_object('id', r.id, 'name', r.name, 'email', r.email, 'time_zone', r.time_zone)
      from rep r where r.id = a.owner_id) as owner,
    (select jsonb_build_object('id', t.id, 'name', t.name) from team t where t.id = a.team_id) as team`;

type Row = Omit<Assignment, 'primary_id'> & { is_merged: boolean };

const tied = ({ tenant, lead_id }: LeadKey) => ({ tenant_id: tenant, lead_id });

/** Assignments of leads. Whoever changes one holds its lock: `lock`, decide, `write`, once in a transaction. */
@Injectable()
export class AssignmentsStore {
  constructor(private readonly ties: LeadTies) {}

  /** Those of the leads that are known. */
  async find(queries: Queries, keys: readonly LeadKey[]): Promise<Assignment[]> {
    return this.read(queries, keys, 'join');
  }

  /** @param join with `left join` also those that are not known; these have no revision */
  private async read(queries: Queries, keys: readonly LeadKey[], join: 'join' | 'left join'): Promise<Assignment[]> {
    return this.withPrimaries(queries, await queries.query<Row>(`
      select ${COLUMNS} from (
        select * from unnest($1::text[], $2::bigint[]) as asked(tenant_id, lead_id) ${join} lead_assignment using (tenant_id, lead_id)) as a`,
    keysOf(keys)));
  }

  /** Most leads were never merged, and nothing further is asked. */
  private async withPrimaries<Found extends Row>(queries: Queries, rows: Found[]): Promise<(Found & Assignment)[]> {
    const merged = rows.filter(({ is_merged }) => is_merged).map(tied);
    const families = merged.length > 0 ? await this.ties.families(queries, merged) : new Families([]);
    // What is added stands before what is copied: behind it V8 takes ten times as long.
    return rows.map(({ is_merged, ...row }) => ({ primary_id: is_merged ? families.primaryOf(tied(row)) : null, ...row } as Found & Assignment));
  }

  /**
   * Locks leads, and all that are merged with them, until the transaction ends, also those without a row, so that a row is first
   * written when all is decided. In one order, so that no two batches wait for each other; read in a second statement, which sees
   * what the former holder wrote. A lead may be merged before anything else is heard of it.
   * @param keys each lead once
   * @returns an assignment per lead, in the same order
   */
  async lock(tx: Tx, keys: readonly LeadKey[]): Promise<Assignment[]> {
    const [locked] = await tx.query<{ base: number }>(`${FAMILY}
      select (select base from epoch) as base, pg_advisory_xact_lock(hash) from (
        select distinct hashtextextended('assignment ' || tenant_id || ' ' || lead_id, 0) as hash from family order by hash) as ordered`,
    keysOf(keys));
    const read = new Map((await this.read(tx, keys, 'left join')).map((assignment) => [keyOf(assignment), assignment]));
    return keys.map((key) => {
      const { revision, primary_id, ...known } = read.get(keyOf(key)) as Assignment;
      return revision === null ? { ...unheardOf(key, locked?.base), primary_id } : { revision, primary_id, ...known };
    });
  }

  /**
   * The next assignments in the order of their leads' ids, each with what led to it. The keys are found in the index alone.
   * @param tenant null for those of all tenants
   */
  async walk(
    tx: Tx, { tenant, after, limit }: { tenant: string | null; after: number; limit: number },
  ): Promise<(Assignment & { decided_by: LeadRoutedData['cause'] })[]> {
    return this.withPrimaries(tx, await tx.query<Row & { decided_by: LeadRoutedData['cause'] }>(`
      select ${COLUMNS}, case when d.cause in ('manual', 'convert') then d.cause else 'rules' end as decided_by
      from lead_assignment a left join decision d on d.id = a.decision_id
      where (a.tenant_id, a.lead_id) in (
        select tenant_id, lead_id from lead_assignment
        where lead_id > $2 and ($1::text is null or tenant_id = $1) order by lead_id limit $3)
      order by a.lead_id`, [tenant, after, limit]));
  }

  /**
   * Writes what changes of locked leads, and counts it for their owners; reps in the order of their ids. Where nothing but the score is new, that alone is
   * written. The facts, most of a row, are left where they stand when they are as they were.
   */
  async write(tx: Tx, all: readonly Change[]): Promise<void> {
    const [scoredOnly, changes]: [Change[], Change[]] = [[], []];
    for (const change of all) if (change.after !== change.before) (isOnlyScored(change) ? scoredOnly : changes).push(change);
    await this.writeScores(tx, scoredOnly);
    if (changes.length === 0) return;
    const rows = changes.map(({ after }) => after);
    const moved = movedLoad(changes);
    await tx.query(`
      with counted as (
        insert into rep_load as present (tenant_id, rep_id, open_leads)
        select tenant_id, rep_id, moved
        from unnest($18::text[], $19::bigint[], $20::integer[]) as n(tenant_id, rep_id, moved) order by rep_id
        on conflict (rep_id) do update set open_leads = present.open_leads + excluded.open_leads
      )
      insert into lead_assignment as present (tenant_id, lead_id, revision, intake_revision, facts, scoring_revision, score, owner_id,
        team_id, priority, priority_by, next_follow_up, because, decision_id, awaits_routing, converted, own, sla_policy, waits, waits_until, routed_at)
      select *, (waits ->> 'until')::timestamptz, case when owner_id is not null then now() end
      from unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::jsonb[], $6::bigint[], $7::jsonb[], $8::bigint[],
        $9::bigint[], $10::text[], $11::text[], $12::date[], $13::text[], $14::bigint[], $15::boolean[], $16::jsonb[], $17::jsonb[], $21::text[], $22::jsonb[])
        as n(tenant_id, lead_id, revision, intake_revision, facts, scoring_revision, score, owner_id,
          team_id, priority, priority_by, next_follow_up, because, decision_id, awaits_routing, converted, own, sla_policy, waits)
      on conflict (tenant_id, lead_id) do update set
        revision = excluded.revision, intake_revision = excluded.intake_revision, facts = coalesce(excluded.facts, present.facts),
        scoring_revision = excluded.scoring_revision, score = excluded.score, owner_id = excluded.owner_id, team_id = excluded.team_id,
        priority = excluded.priority, priority_by = excluded.priority_by, next_follow_up = excluded.next_follow_up,
        because = excluded.because, decision_id = excluded.decision_id, awaits_routing = excluded.awaits_routing,
        converted = excluded.converted, own = excluded.own, sla_policy = excluded.sla_policy, waits = excluded.waits, waits_until = excluded.waits_until,
        routed_at = case when excluded.owner_id is distinct from present.owner_id
          then coalesce(excluded.routed_at, present.routed_at) else present.routed_at end`, [
      ...keysOf(rows),
      rows.map(({ revision }) => revision),
      rows.map(({ intake_revision }) => intake_revision),
      changes.map(({ before, after: { facts } }) => (facts === before.facts ? null : json(facts))),
      rows.map(({ scoring_revision }) => scoring_revision),
      rows.map(({ score }) => json(score)),
      rows.map(({ owner }) => owner?.id ?? null),
      rows.map(({ team }) => team?.id ?? null),
      rows.map(({ priority }) => priority),
      rows.map(({ priority_by }) => priority_by),
      rows.map(({ next_follow_up }) => next_follow_up),
      rows.map(({ because }) => because),
      rows.map(({ decision_id }) => decision_id),
      rows.map(({ awaits_routing }) => awaits_routing),
      rows.map(({ converted }) => json(converted)),
      rows.map(({ own }) => json(own)),
      moved.map(({ tenant }) => tenant),
      moved.map(({ rep_id }) => rep_id),
      moved.map(({ by }) => by),
      rows.map(({ sla_policy }) => sla_policy),
      rows.map(({ owner, converted, waits }) => (owner || converted ? null : json(waits))),
    ]);
  }

  /** Of leads that have their rows, as all have of which a score was known. */
  private async writeScores(tx: Tx, changes: readonly Change[]): Promise<void> {
    if (changes.length === 0) return;
    const rows = changes.map(({ after }) => after);
    // With a limit the planner knows how many rows they are.
    const [{ written }] = await tx.query<{ written: number }>(`
      with updated as (
        update lead_assignment as present set scoring_revision = n.scoring_revision, score = n.score
        from (
          select * from rows from (unnest($1::text[]), unnest($2::bigint[]), unnest($3::bigint[]), jsonb_array_elements($4::jsonb))
            as n(tenant_id, lead_id, scoring_revision, score) limit $5) as n
        where present.tenant_id = n.tenant_id and present.lead_id = n.lead_id returning 1)
      select count(*) as written from updated`,
    [...keysOf(rows), rows.map(({ scoring_revision }) => scoring_revision), JSON.stringify(rows.map(({ score }) => score)), rows.length]);
    if (written !== rows.length) throw new Error(`${rows.length} scores were to be written, and ${written} were: leads that had a score have no row`);
  }

  /**
   * Locks leads that have waited long enough, as `lock` does; those that somebody else holds are left to them. The index has only
   * those that wait.
   * @returns their keys, and the time, RFC 3339
   */
  async lockDue(tx: Tx, limit: number): Promise<(LeadKey & { now: string })[]> {
    return tx.query<LeadKey & { now: string }>(`
      select tenant_id as tenant, lead_id, now() as now from (
        select tenant_id, lead_id from lead_assignment where waits_until <= now() order by waits_until limit $1) as due
      where pg_try_advisory_xact_lock(hashtextextended('assignment ' || tenant_id || ' ' || lead_id, 0))`, [limit]);
  }

  /** Leads that wait for a person, the oldest first. @param after an id */
  async queue(queries: Queries, tenant: string, { queue, after, limit }: { queue?: string; after: number; limit: number }): Promise<Assignment[]> {
    return this.withPrimaries(queries, await queries.query<Row>(`
      select ${COLUMNS} from lead_assignment a
      where tenant_id = $1 and lead_id > $2 and owner_id is null and converted is null and not awaits_routing
        and coalesce(waits ->> 'for', 'queue') = 'queue' and ($3::text is null or waits ->> 'queue' = $3)
        and not exists (select from lead_tie tie where tie.tenant_id = a.tenant_id and tie.lead_id = a.lead_id and tie.merged_into is not null)
      order by lead_id limit $4`, [tenant, after, queue ?? null, limit]));
  }

  /** Leads of all tenants that are routed and have no owner: from the index alone, which holds these only. */
  async countUnassigned(queries: Queries): Promise<number> {
    const [{ count }] = await queries.query<{ count: number }>(`
      select count(*) from lead_assignment a where owner_id is null and converted is null and not awaits_routing
        and not exists (select from lead_tie tie where tie.tenant_id = a.tenant_id and tie.lead_id = a.lead_id and tie.merged_into is not null)`);
    return count;
  }
}

const keysOf = (keys: readonly LeadKey[]): [string[], number[]] =>
  [keys.map(({ tenant }) => tenant), keys.map(({ lead_id }) => lead_id)];

const json = (value: unknown): string | null => (value == null ? null : JSON.stringify(value));
