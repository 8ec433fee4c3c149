import { Injectable } from '@nestjs/common';
import type { Queries, Tx } from '@headwater/platform';
import { OUTCOMES, type Outcome, type ScoreAtDecision } from '../domain/audit/lead-outcome';
import { columnsOf, type LeadKey } from './scores.store';

export interface NewOutcome extends LeadKey {
  outcome: Exclude<Outcome, DealEnd['outcome']>;
  /** when it was decided, RFC 3339 */
  at: string;
}

/** How a deal ended that a lead led to. */
export interface DealEnd extends LeadKey {
  opportunityId: number;
  /** of the opportunity: one that was opened again ends anew */
  revision: number;
  outcome: 'won' | 'lost';
  at: string;
  amount: number;
  currency: string;
}

/** One order of all that is told of a lead: by strength, then time. Its greatest is what became of it, whichever came first. */
const weightOf = (row: string): string => `(array_position('{${OUTCOMES.join()}}'::text[], ${row}.outcome), ${row}.at)`;

/** Every query about what became of leads. */
@Injectable()
export class OutcomesStore {
  /** For leads that are locked. */
  async keep(tx: Tx, outcomes: NewOutcome[]): Promise<void> {
    await tx.query(`
      insert into lead_outcome as known (tenant_id, lead_id, outcome, at)
      select distinct on (tenant_id, lead_id) tenant_id, lead_id, outcome, at
      from unnest($1::text[], $2::bigint[], $3::text[], $4::timestamptz[]) as told(tenant_id, lead_id, outcome, at)
      order by tenant_id, lead_id, ${weightOf('told')} desc
      on conflict (tenant_id, lead_id) do update set outcome = excluded.outcome, at = excluded.at
      where ${weightOf('excluded')} > ${weightOf('known')}`,
    [...columnsOf(outcomes), outcomes.map(({ outcome }) => outcome), outcomes.map(({ at }) => at)]);
  }

  /** For leads that are locked: each deal as it ended last, and of several of a lead the best. Any deal outweighs all else. */
  async keepDeals(tx: Tx, ends: DealEnd[]): Promise<void> {
    await tx.query(`
      insert into deal_end as known (tenant_id, lead_id, opportunity_id, revision, outcome, at, amount, currency)
      select distinct on (tenant_id, opportunity_id) *
      from unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::text[], $6::timestamptz[], $7::numeric[], $8::text[])
        as told(tenant_id, lead_id, opportunity_id, revision, outcome, at, amount, currency)
      order by tenant_id, opportunity_id, revision desc
      on conflict (tenant_id, opportunity_id) do update set
        lead_id = excluded.lead_id, revision = excluded.revision, outcome = excluded.outcome, at = excluded.at, amount = excluded.amount,
        currency = excluded.currency
      where excluded.revision > known.revision`, [
      ...columnsOf(ends), ends.map(({ opportunityId }) => opportunityId), ends.map(({ revision }) => revision), ends.map(({ outcome }) => outcome),
      ends.map(({ at }) => at), ends.map(({ amount }) => amount), ends.map(({ currency }) => currency),
    ]);
    await tx.query(`
      insert into lead_outcome (tenant_id, lead_id, outcome, at, opportunity_id, amount, currency)
      select distinct on (tenant_id, lead_id) tenant_id, lead_id, outcome, at, opportunity_id, amount, currency
      from deal_end as told join (select distinct * from unnest($1::text[], $2::bigint[]) as asked(tenant_id, lead_id)) asked using (tenant_id, lead_id)
      order by tenant_id, lead_id, ${weightOf('told')} desc, opportunity_id
      on conflict (tenant_id, lead_id) do update set
        outcome = excluded.outcome, at = excluded.at, opportunity_id = excluded.opportunity_id, amount = excluded.amount,
        currency = excluded.currency`, columnsOf(ends));
  }

  /** Leads of which it was decided before they had a score, and that have one now. */
  async late(queries: Queries, tenant: string, most: number): Promise<LeadKey[]> {
    return queries.query(`
      select tenant_id as tenant, lead_id as "leadId" from lead_outcome
      where tenant_id = $1 and total is null
        and exists (select from lead_score score where score.tenant_id = $1 and score.lead_id = lead_outcome.lead_id and scored_at is not null)
      order by lead_id limit $2`, [tenant, most]);
  }

  /** When it was decided what becomes of those of the leads of which it is. */
  async decided(queries: Queries, leads: LeadKey[]): Promise<(LeadKey & { at: string })[]> {
    return queries.query(`
      select tenant_id as tenant, lead_id as "leadId", at from lead_outcome
      join unnest($1::text[], $2::bigint[]) as asked(tenant_id, lead_id) using (tenant_id, lead_id)`, columnsOf(leads));
  }

  /** For leads that are locked. */
  async score(tx: Tx, scores: (LeadKey & ScoreAtDecision)[]): Promise<void> {
    if (scores.length === 0) return;
    await tx.query(`
      update lead_outcome set total = new.total, grade = new.grade, effective_total = new.effective_total, model_version = new.model_version
      from unnest($1::text[], $2::bigint[], $3::smallint[], $4::text[], $5::smallint[], $6::integer[])
        as new(tenant_id, lead_id, total, grade, effective_total, model_version)
      where lead_outcome.tenant_id = new.tenant_id and lead_outcome.lead_id = new.lead_id`, [
      ...columnsOf(scores), scores.map(({ total }) => total), scores.map(({ grade }) => grade),
      scores.map(({ effective_total }) => effective_total), scores.map(({ model_version }) => model_version),
    ]);
  }
}
