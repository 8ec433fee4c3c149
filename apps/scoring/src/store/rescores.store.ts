import { Injectable } from '@nestjs/common';
import type { Rescore } from '@headwater/contracts';
import type { Queries, Tx } from '@headwater/platform';

/** Those that are over. */
export const RESCORES_KEPT_DAYS = 400;

/** What a worker needs to know of a re-score. */
export interface RescoreJob {
  id: number; tenant_id: string; model_id: number; correlation_id: string;
  after: number; total: number | null; done: number; changed: number;
}

/** How far it has come, and whether to the last lead. */
export type Progress = RescoreJob & { isDone: boolean };

const COLUMNS = `
  id, cause, model_id, state, total, done, changed, actor as by, created_at, started_at, finished_at,
  round(done / nullif(extract(epoch from coalesce(finished_at, clock_timestamp()) - started_at), 0))::bigint as leads_per_s`;

/** Every query about re-scores. */
@Injectable()
export class RescoresStore {
  /** The latest of a tenant takes the place of one that still goes on: what that has left is left to this one. */
  async begin(tx: Tx, tenant: string, { cause, model_id, by, correlation_id }: Pick<Rescore, 'cause' | 'model_id' | 'by'> & { correlation_id: string }): Promise<Rescore> {
    await tx.query(`update rescore set state = 'superseded', finished_at = now() where tenant_id = $1 and state = 'running'`, [tenant]);
    const [begun] = await tx.query<Rescore>(`
      insert into rescore (tenant_id, cause, model_id, actor, correlation_id) values ($1, $2, $3, $4, $5) returning ${COLUMNS}`,
    [tenant, cause, model_id, by, correlation_id]);
    return begun;
  }

  async find(queries: Queries, tenant: string, id: number): Promise<Rescore | undefined> {
    return (await queries.query<Rescore>(`select ${COLUMNS} from rescore where tenant_id = $1 and id = $2`, [tenant, id]))[0];
  }

  /** The newest first. @param before the id to go on from; null for the beginning */
  list(queries: Queries, tenant: string, before: number | null, limit: number): Promise<Rescore[]> {
    return queries.query<Rescore>(`
      select ${COLUMNS} from rescore where tenant_id = $1 and ($2::bigint is null or id < $2) order by id desc limit $3`, [tenant, before, limit]);
  }

  /**
   * The oldest that nobody else works on and that doesn't rest, locked until the transaction ends. It begins when all transactions are over that were
   * running as it was written: whoever scores a lead from then on does it by the models that are active now. One that was written
   * in a cluster that is no more has nobody to wait for.
   */
  async claim(tx: Tx): Promise<RescoreJob | undefined> {
    const [job] = await tx.query<RescoreJob>(`
      select id, tenant_id, model_id, correlation_id, after, total, done, changed from rescore
      where state = 'running' and (rests_until is null or rests_until <= clock_timestamp())
        and (written_in < pg_snapshot_xmin(pg_current_snapshot()) or written_in >= pg_snapshot_xmax(pg_current_snapshot()))
      order by id limit 1 for update skip locked`);
    return job;
  }

  /** It begins now. @returns how many leads there are to do */
  async measure(tx: Tx, { id, tenant_id }: RescoreJob): Promise<number> {
    const [{ total }] = await tx.query<{ total: number }>(`
      update rescore set started_at = now(), total = (select count(*) from lead_score where tenant_id = $1)
      where tenant_id = $1 and id = $2 returning total`, [tenant_id, id]);
    return total;
  }

  /** It has come so far. @param restMs for which no replica goes on with it */
  async advance(tx: Tx, { id, tenant_id, after, total, done, changed, isDone }: Progress, restMs: number): Promise<void> {
    await tx.query(`
      update rescore set after = $3, total = $4, done = $5, changed = $6, rests_until = clock_timestamp() + make_interval(secs => $7),
        state = case when $8 then 'done' else state end, finished_at = case when $8 then clock_timestamp() end
      where tenant_id = $1 and id = $2`, [tenant_id, id, after, total, done, changed, restMs / 1_000, isDone]);
  }
}
