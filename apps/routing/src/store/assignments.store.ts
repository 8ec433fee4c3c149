import { Injectable } from '@nestjs/common';
import type { ConvertedInto, LeadRoutedData } from '@headwater/contracts';
import type { Tx } from '@headwater/platform';
import type { Assignment, LeadKey } from '../domain/assignment';
import type { LeadFacts, ScoreFacts } from '../domain/rule-fields';

/** What others told of a lead; each publisher's part counts when it is newer than what is stored. */
export interface LeadNews extends LeadKey {
  intake?: { revision: number; facts: LeadFacts; converted: ConvertedInto | null };
  score?: { revision: number; facts: ScoreFacts };
}

type Queries = Pick<Tx, 'query'>;

const COLUMNS = `
  a.tenant_id as tenant, a.lead_id, a.revision, a.facts, a.score, a.priority, a.priority_by, a.next_follow_up, a.because,
    a.decision_id, a.awaits_routing, a.converted,
    case when r.id is not null then
      jsonb_build_object('id', r.id, 'name', r.name, 'email', r.email, 'time_zone', r.time_zone) end as owner,
    case when t.id is not null then jsonb_build_object('id', t.id, 'name', t.name) end as team`;
const WITH_PEOPLE = 'left join rep r on r.id = a.owner_id left join team t on t.id = a.team_id';

/** Assignments of leads. Rows are locked in the order of tenant and lead, so that no two batches wait for each other. */
@Injectable()
export class AssignmentsStore {
  /** Keeps what is new of each lead, and makes the row of those that have none. At most one item per lead. */
  async learn(tx: Queries, news: LeadNews[]): Promise<void> {
    await tx.query(`
      insert into lead_assignment as known (tenant_id, lead_id, intake_revision, facts, converted, scoring_revision, score)
      select tenant_id, lead_id, intake_revision, facts, converted, scoring_revision, score
      from unnest($1::text[], $2::bigint[], $3::bigint[], $4::jsonb[], $5::jsonb[], $6::bigint[], $7::jsonb[])
        as news(tenant_id, lead_id, intake_revision, facts, converted, scoring_revision, score)
      order by tenant_id, lead_id
      on conflict (tenant_id, lead_id) do update set
        facts = case when excluded.intake_revision > known.intake_revision then excluded.facts else known.facts end,
        intake_revision = greatest(known.intake_revision, excluded.intake_revision),
        converted = coalesce(known.converted, excluded.converted),
        score = case when excluded.scoring_revision > known.scoring_revision then excluded.score else known.score end,
        scoring_revision = greatest(known.scoring_revision, excluded.scoring_revision)
      where excluded.intake_revision > known.intake_revision or excluded.scoring_revision > known.scoring_revision
        or (known.converted is null and excluded.converted is not null)`, [
      ...keysOf(news),
      news.map(({ intake }) => intake?.revision ?? 0),
      news.map(({ intake }) => json(intake?.facts)),
      news.map(({ intake }) => json(intake?.converted)),
      news.map(({ score }) => score?.revision ?? 0),
      news.map(({ score }) => json(score?.facts)),
    ]);
  }

  /** Those of the leads that are known, by tenant and id. */
  find(queries: Queries, keys: LeadKey[]): Promise<Assignment[]> {
    return queries.query<Assignment>(`
      select ${COLUMNS} from unnest($1::text[], $2::bigint[]) as asked(tenant_id, lead_id)
      join lead_assignment a using (tenant_id, lead_id) ${WITH_PEOPLE}
      order by a.tenant_id, a.lead_id`, keysOf(keys));
  }

  /**
   * The same, locked until the transaction ends. Read in a second statement: the one that had to wait for a lock would
   * join what it saw before waiting, and miss an owner who came meanwhile.
   */
  async lock(tx: Tx, keys: LeadKey[]): Promise<Assignment[]> {
    await tx.query(`
      select from unnest($1::text[], $2::bigint[]) as asked(tenant_id, lead_id) join lead_assignment a using (tenant_id, lead_id)
      order by a.tenant_id, a.lead_id for no key update of a`, keysOf(keys));
    return this.find(tx, keys);
  }

  /**
   * The next assignments in the order of their leads' ids, each with what led to it. The keys are found in the index alone.
   * @param tenant null for those of all tenants
   */
  walk(
    tx: Tx, { tenant, after, limit }: { tenant: string | null; after: number; limit: number },
  ): Promise<(Assignment & { decided_by: LeadRoutedData['cause'] })[]> {
    return tx.query(`
      select ${COLUMNS}, case when d.cause in ('manual', 'convert') then d.cause else 'rules' end as decided_by
      from lead_assignment a ${WITH_PEOPLE} left join decision d on d.id = a.decision_id
      where (a.tenant_id, a.lead_id) in (
        select tenant_id, lead_id from lead_assignment
        where lead_id > $2 and ($1::text is null or tenant_id = $1) order by lead_id limit $3)
      order by a.lead_id`, [tenant, after, limit]);
  }

  /** Writes assignments whose rows are locked. */
  async write(tx: Tx, assignments: Assignment[]): Promise<void> {
    if (assignments.length === 0) return;
    await tx.query(`
      update lead_assignment a set
        revision = n.revision, owner_id = n.owner_id, team_id = n.team_id, priority = n.priority, priority_by = n.priority_by,
        next_follow_up = n.next_follow_up, because = n.because, decision_id = n.decision_id, awaits_routing = n.awaits_routing,
        routed_at = case when n.owner_id is not null and n.owner_id is distinct from a.owner_id then now() else a.routed_at end
      from unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[], $7::text[], $8::date[], $9::text[],
        $10::bigint[], $11::boolean[])
        as n(tenant_id, lead_id, revision, owner_id, team_id, priority, priority_by, next_follow_up, because, decision_id,
          awaits_routing)
      where a.tenant_id = n.tenant_id and a.lead_id = n.lead_id`, [
      ...keysOf(assignments),
      assignments.map(({ revision }) => revision),
      assignments.map(({ owner }) => owner?.id ?? null),
      assignments.map(({ team }) => team?.id ?? null),
      assignments.map(({ priority }) => priority),
      assignments.map(({ priority_by }) => priority_by),
      assignments.map(({ next_follow_up }) => next_follow_up),
      assignments.map(({ because }) => because),
      assignments.map(({ decision_id }) => decision_id),
      assignments.map(({ awaits_routing }) => awaits_routing),
    ]);
  }

  /** Leads without an owner, of all tenants, by what they wait for: a score, the rules of their tenant, or a rep. */
  async countUnassigned(queries: Queries): Promise<Record<'score' | 'rules' | 'rep', number>> {
    const [counts] = await queries.query<Record<'score' | 'rules' | 'rep', number>>(`
      select count(*) filter (where awaits_routing and scoring_revision = 0) as score,
        count(*) filter (where awaits_routing and scoring_revision > 0) as rules, count(*) filter (where not awaits_routing) as rep
      from lead_assignment where owner_id is null and converted is null`);
    return counts;
  }

  /** What decides about time: the clock of the database. RFC 3339 */
  async now(tx: Tx): Promise<string> {
    const [{ now }] = await tx.query<{ now: string }>('select now()');
    return now;
  }

  /** Marks leads as converted, whether they are known or not; what they were converted into first stays. One item per lead. */
  async lockConverted(queries: Queries, leads: (LeadKey & { converted: ConvertedInto })[]): Promise<void> {
    await queries.query(`
      insert into lead_assignment as known (tenant_id, lead_id, converted)
      select tenant_id, lead_id, converted from unnest($1::text[], $2::bigint[], $3::jsonb[]) as n(tenant_id, lead_id, converted)
      order by tenant_id, lead_id
      on conflict (tenant_id, lead_id) do update set converted = excluded.converted where known.converted is null`,
    [...keysOf(leads), leads.map(({ converted }) => json(converted))]);
  }
}

const keysOf = (keys: readonly LeadKey[]): [string[], number[]] =>
  [keys.map(({ tenant }) => tenant), keys.map(({ lead_id }) => lead_id)];

const json = (value: unknown): string | null => (value == null ? null : JSON.stringify(value));
