import { Injectable } from '@nestjs/common';
import type { Queries } from '@headwater/platform';
import type { KnownOutcome } from '../domain/models/simulation';
import { ScoresStore, type HeldScore } from './scores.store';

/** The leads that came in since some time; their ids are in the order in which they came. */
export interface Period { from: string; firstId: number; leads: number }

const STEPS = 64;

/** Every query of a simulation. */
@Injectable()
export class SimulationStore {
  constructor(private readonly scores: ScoresStore) {}

  /** Found by halving, as ids rise with time and there is no index on it. */
  async period(queries: Queries, tenant: string, days: number): Promise<Period> {
    const [{ from, low: lowest, high: highest }] = await queries.query<{ from: string; low: number | null; high: number | null }>(`
      select now() - make_interval(days => $2) as from, min(lead_id) as low, max(lead_id) as high from lead_score where tenant_id = $1`, [tenant, days]);
    if (lowest === null || highest === null) return { from, firstId: 0, leads: 0 };
    let [low, high] = [lowest, highest + 1];
    for (let step = 0; low < high && step < STEPS; step += 1) {
      const middle = Math.floor((low + high) / 2);
      const [next] = await queries.query<{ id: number; is_later: boolean }>(`
        select lead_id as id, (lead->>'created_at')::timestamptz >= $3 as is_later from lead_score
        where tenant_id = $1 and lead_id >= $2 and lead is not null order by lead_id limit 1`, [tenant, middle, from]);
      if (!next || next.is_later) high = middle;
      else low = next.id + 1;
    }
    const [{ leads }] = await queries.query<{ leads: number }>('select count(*)::integer as leads from lead_score where tenant_id = $1 and lead_id >= $2', [tenant, low]);
    return { from, firstId: low, leads };
  }

  /** The next of them, the newest first, or each how-manieth. Leads that belong to another one have no score that counts. */
  async leads(
    queries: Queries, tenant: string, { period, below, every, limit }: { period: Period; below: number; every: number; limit: number },
  ): Promise<{ held: HeldScore[]; next: number | null }> {
    const rows = await queries.query<{ id: number }>(`
      select lead_id as id from lead_score
      where tenant_id = $1 and lead_id >= $2 and lead_id < $3 and ($4 = 1 or abs(hashint8(lead_id)::bigint) % $4 = 0)
      order by lead_id desc limit $5`, [tenant, period.firstId, below, every, limit]);
    const held = await this.scores.find(queries, tenant, rows.map(({ id }) => id));
    return {
      held: held.filter(({ primaryId }) => primaryId === null).sort((one, other) => other.leadId - one.leadId),
      next: rows.length < limit ? null : rows[rows.length - 1].id,
    };
  }

  /** What became of those of the leads of which it is known. */
  async outcomes(queries: Queries, tenant: string, ids: number[]): Promise<Map<number, KnownOutcome>> {
    const rows = await queries.query<{ lead_id: number; outcome: KnownOutcome }>(`
      select lead_id, outcome from lead_outcome where tenant_id = $1 and lead_id = any($2::bigint[])`, [tenant, ids]);
    return new Map(rows.map(({ lead_id, outcome }) => [lead_id, outcome]));
  }
}
