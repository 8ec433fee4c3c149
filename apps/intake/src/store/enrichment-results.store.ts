import { Injectable } from '@nestjs/common';
import type { EnrichmentAttempt, EnrichmentOutcome } from '@headwater/contracts';
import type { Queries, Tx } from '@headwater/platform';
import type { ShownFact } from '../domain/enrichment/fill-lead';
import type { Job } from './enrichment-jobs.store';

const MOST_ATTEMPTS = 50;

export interface Ended {
  outcome: EnrichmentOutcome;
  code?: string;
}

/** What was asked about leads, and what was found besides what fills them. */
@Injectable()
export class EnrichmentResultsStore {
  /** @returns its id */
  async begin(tx: Tx, job: Job, { provider, cost }: { provider: string; cost: number }): Promise<number> {
    const [{ id }] = await tx.query<{ id: number }>(`
      insert into enrichment_attempt (tenant_id, lead_id, job_id, provider, outcome, cost) values ($1, $2, $3, $4, 'asking', $5) returning id`,
      [job.tenant_id, job.lead_id, job.id, provider, cost]);
    return id;
  }

  async end(tx: Tx, id: number, { outcome, code }: Ended): Promise<void> {
    await tx.query('update enrichment_attempt set outcome = $2, code = $3, ended_at = clock_timestamp() where id = $1', [id, outcome, code ?? null]);
  }

  /** Of a question that was not asked. */
  async note(queries: Queries, job: Job, { provider, outcome, fromCache }: { provider: string; outcome: EnrichmentOutcome; fromCache: boolean }): Promise<void> {
    await queries.query(`
      insert into enrichment_attempt (tenant_id, lead_id, job_id, provider, outcome, from_cache, ended_at) values ($1, $2, $3, $4, $5, $6, now())`,
      [job.tenant_id, job.lead_id, job.id, provider, outcome, fromCache]);
  }

  /** What a worker that died was asking: nobody knows what came of it, but that it was asked. */
  async interrupt(queries: Queries, { id }: Pick<Job, 'id'>): Promise<void> {
    await queries.query(`update enrichment_attempt set outcome = 'interrupted', ended_at = now() where job_id = $1 and outcome = 'asking'`, [id]);
  }

  attempts(queries: Queries, tenant: string, lead: number): Promise<EnrichmentAttempt[]> {
    return queries.query<EnrichmentAttempt>(`
      select provider, outcome, code, from_cache, cost, at, round(extract(epoch from ended_at - at) * 1000)::integer as ms_taken
      from enrichment_attempt where tenant_id = $1 and lead_id = $2 order by id desc limit $3`, [tenant, lead, MOST_ATTEMPTS]);
  }

  async keep(tx: Tx, { tenant_id, lead_id }: Job, shown: ShownFact[]): Promise<void> {
    await tx.query(`
      insert into enrichment_result (tenant_id, lead_id, shown) values ($1, $2, $3)
      on conflict (tenant_id, lead_id) do update set shown = excluded.shown, enriched_at = now()`, [tenant_id, lead_id, JSON.stringify(shown)]);
  }

  async result(queries: Queries, tenant: string, lead: number): Promise<{ shown: ShownFact[]; enriched_at: string } | null> {
    const [found] = await queries.query<{ shown: ShownFact[]; enriched_at: string }>(
      'select shown, enriched_at from enrichment_result where tenant_id = $1 and lead_id = $2', [tenant, lead]);
    return found ?? null;
  }
}
