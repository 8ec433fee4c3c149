import { Injectable } from '@nestjs/common';
import type { Tx } from '@headwater/platform';
import { OUTCOMES, type Outcome, type ScoreAtDecision } from '../domain/audit/lead-outcome';
import type { Reader } from './models.store';
import type { LeadKey } from './scores.store';

export interface NewOutcome extends LeadKey {
  outcome: Outcome;
  /** when it was decided, RFC 3339 */
  at: string;
  opportunity: { id: number; amount: number; currency: string } | null;
}

/** One order of all that is told of a lead: by strength, then time. Its greatest is what became of it, whichever came first. */
const weightOf = (row: string): string =>
  `(array_position($8::text[], ${row}.outcome), ${row}.at, coalesce(${row}.opportunity_id, 0))`;

/** Every query about what became of leads. */
@Injectable()
export class OutcomesStore {
  /** For leads that are locked. */
  async keep(tx: Tx, outcomes: NewOutcome[]): Promise<void> {
    await tx.query(`
      insert into lead_outcome as known (tenant_id, lead_id, outcome, at, opportunity_id, amount, currency)
      select distinct on (tenant_id, lead_id) tenant_id, lead_id, outcome, at, opportunity_id, amount, currency
      from unnest($1::text[], $2::bigint[], $3::text[], $4::timestamptz[], $5::bigint[], $6::numeric[], $7::text[])
        as told(tenant_id, lead_id, outcome, at, opportunity_id, amount, currency)
      order by tenant_id, lead_id, ${weightOf('told')} desc
      on conflict (tenant_id, lead_id) do update set
        outcome = excluded.outcome, at = excluded.at, opportunity_id = excluded.opportunity_id, amount = excluded.amount,
        currency = excluded.currency
      where ${weightOf('excluded')} > ${weightOf('known')}`, [
      outcomes.map(({ tenant }) => tenant), outcomes.map(({ leadId }) => leadId), outcomes.map(({ outcome }) => outcome),
      outcomes.map(({ at }) => at), outcomes.map(({ opportunity }) => opportunity?.id ?? null),
      outcomes.map(({ opportunity }) => opportunity?.amount ?? null), outcomes.map(({ opportunity }) => opportunity?.currency ?? null),
      OUTCOMES,
    ]);
  }

  /** When it was decided what becomes of those of the leads of which it is. */
  async decided(reader: Reader, leads: LeadKey[]): Promise<(LeadKey & { at: string })[]> {
    return reader.query(`
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

const columnsOf = (leads: LeadKey[]): [string[], number[]] => [leads.map(({ tenant }) => tenant), leads.map(({ leadId }) => leadId)];
