import { Injectable } from '@nestjs/common';
import type { EnrichmentOutcome, Lane, TenantSettings } from '@headwater/contracts';
import type { Queries, Tx } from '@headwater/platform';
import type { Limit } from '../domain/enrichment/setup';
import type { Fact } from '../domain/enrichment/lead-fields';

/** A lead that is to be enriched. */
export interface NewJob {
  tenant: TenantSettings;
  lead_id: number;
  lane: Lane;
  correlation_id: string;
  traceparent: string | null;
}

/** One that is being worked on, by whoever has its claim. */
export interface Job extends NewJob {
  id: number;
  tenant_id: string;
  /** this one included */
  tries: number;
  claim: string;
  answers: Answer[];
}

/** What came of a provider. */
export interface Answer {
  /** its name in the setup */
  provider: string;
  outcome: EnrichmentOutcome;
  facts: Fact[];
}

/** What is known of a question before it is asked. */
export type Remembered =
  | { kind: 'ours' }
  | { kind: 'known'; facts: Fact[] }
  | { kind: 'being_asked' };

/** Leads that wait to be enriched, what was answered, and what it cost. */
@Injectable()
export class EnrichmentJobsStore {
  /** A lead that waits already goes on waiting: at once, and in the live lane if that is asked for. */
  async add(tx: Tx, jobs: NewJob[]): Promise<void> {
    if (jobs.length === 0) return;
    await tx.query(`
      insert into enrichment_job (tenant_id, lead_id, lane, tenant, correlation_id, traceparent)
      select tenant->>'id', lead_id, lane, tenant, correlation_id, traceparent
      from jsonb_to_recordset($1::jsonb) as sent(tenant jsonb, lead_id bigint, lane text, correlation_id text, traceparent text)
      on conflict (tenant_id, lead_id) do update set
        lane = greatest(enrichment_job.lane, excluded.lane), due_at = least(enrichment_job.due_at, excluded.due_at)`, [JSON.stringify(jobs)]);
  }

  async isWaiting(queries: Queries, tenant: string, lead: number): Promise<boolean> {
    const [found] = await queries.query('select from enrichment_job where tenant_id = $1 and lead_id = $2', [tenant, lead]);
    return found !== undefined;
  }

  /** Takes what is due, the live lane first; others take what this one doesn't. */
  claim(queries: Queries, { claim, most, seconds }: { claim: string; most: number; seconds: number }): Promise<Job[]> {
    return queries.query<Job>(`
      with due as materialized (
        select id from enrichment_job where due_at <= now() and (claimed_until is null or claimed_until < now())
        order by lane desc, due_at, id limit $2 for update skip locked
      )
      update enrichment_job job set claim = $1, claimed_until = now() + make_interval(secs => $3), tries = tries + 1
      from due where job.id = due.id returning job.*`, [claim, most, seconds]);
  }

  /** @returns false when the claim ran out and somebody else works on it */
  async hold(queries: Queries, { id, claim }: Job, seconds: number): Promise<boolean> {
    const [held] = await queries.query(`
      update enrichment_job set claimed_until = now() + make_interval(secs => $3) where id = $1 and claim = $2 returning id`, [id, claim, seconds]);
    return held !== undefined;
  }

  /** Gives it back, to be due in some seconds. @param counts whether this was a try; @param answers that need not be asked for again */
  async release(queries: Queries, { id, claim }: Job, { seconds, counts, answers }: { seconds: number; counts: boolean; answers: Answer[] }): Promise<void> {
    await queries.query(`
      update enrichment_job set claim = null, claimed_until = null, due_at = now() + make_interval(secs => $3), tries = tries - $4, answers = $5
      where id = $1 and claim = $2`, [id, claim, seconds, counts ? 0 : 1, JSON.stringify(answers)]);
  }

  /** It is done. @returns false when it wasn't this worker's any more */
  async end(tx: Tx, { id, claim }: Job): Promise<boolean> {
    const [ended] = await tx.query('delete from enrichment_job where id = $1 and claim = $2 returning id', [id, claim]);
    return ended !== undefined;
  }

  /** How many wait, by lane, and for how many seconds the first of them is due. */
  depth(queries: Queries): Promise<{ lane: Lane; count: number; oldest: number }[]> {
    return queries.query(`
      select lane, count(*) as count, greatest(0, extract(epoch from now() - min(due_at)))::float8 as oldest from enrichment_job group by lane`);
  }

  /** What was answered to the same question; else it is ours to ask for so many seconds, or somebody else is asking it. */
  async recall(tx: Tx, { tenant_id, claim }: Job, question: Buffer, seconds: number): Promise<Remembered> {
    const [ours] = await tx.query(`
      insert into enrichment_cache as known (tenant_id, question, claim, expires_at) values ($1, $2, $3, now() + make_interval(secs => $4))
      on conflict (tenant_id, question) do update set facts = null, claim = excluded.claim, expires_at = excluded.expires_at
        where known.expires_at <= now()
      returning tenant_id`, [tenant_id, question, claim, seconds]);
    if (ours) return { kind: 'ours' };
    const [known] = await tx.query<{ facts: Fact[] | null }>('select facts from enrichment_cache where tenant_id = $1 and question = $2', [tenant_id, question]);
    return known?.facts ? { kind: 'known', facts: known.facts } : { kind: 'being_asked' };
  }

  /** Keeps an answer for so many days; null lets go of the question. */
  async remember(tx: Tx, { tenant_id, claim }: Job, question: Buffer, answer: { facts: Fact[]; days: number } | null): Promise<void> {
    await tx.query(`
      update enrichment_cache set facts = $4, expires_at = now() + make_interval(days => $5), claim = null
      where tenant_id = $1 and question = $2 and claim = $3`, [tenant_id, question, claim, answer && JSON.stringify(answer.facts), answer?.days ?? 0]);
  }

  /** Takes from all of the budgets, or says that one hasn't so much left: what was taken from the others is rolled back then. */
  async spend(tx: Tx, tenant: string, limits: Limit[]): Promise<boolean> {
    if (limits.length === 0) return true;
    const taken = await tx.query(`
      with wanted as (
        select * from unnest($2::text[], $3::text[], $4::bigint[], $5::bigint[]) with ordinality as wanted(provider, period, amount, most, i)
      )
      insert into enrichment_spending as spent (tenant_id, provider, period, amount)
      select $1, provider, period, amount from wanted where most is null or amount <= most order by i
      on conflict (tenant_id, provider, period) do update set amount = spent.amount + excluded.amount
        where spent.amount + excluded.amount <= coalesce((
          select most from wanted where wanted.provider = excluded.provider and wanted.period = excluded.period), 9223372036854775807)
      returning provider`, [
      tenant, limits.map(({ provider }) => provider), limits.map(({ period }) => period), limits.map(({ amount }) => amount), limits.map(({ most }) => most),
    ]);
    return taken.length === limits.length;
  }
}
