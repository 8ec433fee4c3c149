import { Injectable } from '@nestjs/common';
import type { FieldDecision, MergeView, UnmergeConflict } from '@headwater/contracts';
import type { Queries, Tx } from '@headwater/platform';
import type { MergeSnapshot } from '../domain/merging/unmerge-leads';

export interface MergeRow extends MergeView {
  tenant_id: string;
  /** somebody takes it back at this moment */
  undoing: boolean;
  snapshot: MergeSnapshot | null;
}

/** Names one attempt at merging, or at taking a merge back. */
export interface MergeAttempt {
  tenant: string;
  id: number;
  /** UUID; only its holder may finish */
  token: string;
}

const VIEW = 'id, primary_id, to_jsonb(lead_ids) as lead_ids, state, reason, merged_at, merged_by, fields, undone_at, undone_by, conflicts';
const ROW = `${VIEW}, tenant_id, snapshot, coalesce(undo_until > now(), false) as undoing`;

/** Every query over merges. A row's lock orders what happens to its merge. */
@Injectable()
export class MergesStore {
  async start(tx: Tx, { tenant, token, primaryId, leadIds, actor, reason }: {
    tenant: string; token: string; primaryId: number; leadIds: number[]; actor: string; reason: string | null;
  }): Promise<number> {
    const [{ id }] = await tx.query<{ id: number }>(`
      insert into merge (tenant_id, token, primary_id, lead_ids, merged_by, reason, state) values ($1, $2, $3, $4, $5, $6, 'started') returning id`,
    [tenant, token, primaryId, leadIds, actor, reason]);
    return id;
  }

  /** Locks a merge that is started under the token, for its holder. @returns the transaction's time, or null when it isn't the holder's any more */
  async holdStarted(tx: Tx, { tenant, id, token }: MergeAttempt): Promise<string | null> {
    const [row] = await tx.query<{ now: string }>(
      `select now() as now from merge where tenant_id = $1 and id = $2 and token = $3 and state = 'started' for update`, [tenant, id, token]);
    return row?.now ?? null;
  }

  async finish(tx: Tx, { tenant, id }: MergeAttempt, { fields, snapshot }: { fields: FieldDecision[]; snapshot: MergeSnapshot }): Promise<MergeRow> {
    const [row] = await tx.query<MergeRow>(`
      update merge set state = 'done', merged_at = now(), fields = $3, snapshot = $4 where tenant_id = $1 and id = $2 returning ${ROW}`,
    [tenant, id, JSON.stringify(fields), JSON.stringify(snapshot)]);
    return row;
  }

  /** @returns whether the merge, or its end, is given up under this token, now or before; false when it is done */
  async abort(queries: Queries, tenant: string, token: string): Promise<boolean> {
    const rows = await queries.query(`
      update merge set state = case when token = $2 then 'aborted' else state end, undo_token = case when undo_token <> $2 then undo_token end,
        undo_until = case when undo_token <> $2 then undo_until end
      where tenant_id = $1 and ((token = $2 and state in ('started', 'aborted')) or (undo_token = $2 and state = 'done')) returning id`, [tenant, token]);
    return rows.length > 0;
  }

  /** Hands the end of a merge, whose row is locked, to a new holder: a former one can't finish any more. */
  async startUndo(tx: Tx, { tenant, id, token }: MergeAttempt, actor: string, seconds: number): Promise<void> {
    await tx.query(`
      update merge set undo_token = $3, undo_actor = $4, undo_until = now() + make_interval(secs => $5) where tenant_id = $1 and id = $2`,
    [tenant, id, token, actor, seconds]);
  }

  async holdUndo(tx: Tx, { tenant, id, token }: MergeAttempt): Promise<(MergeRow & { now: string }) | null> {
    const [row] = await tx.query<MergeRow & { now: string }>(
      `select ${ROW}, now() as now from merge where tenant_id = $1 and id = $2 and undo_token = $3 and state = 'done' for update`, [tenant, id, token]);
    return row ?? null;
  }

  async finishUndo(tx: Tx, { tenant, id }: Omit<MergeAttempt, 'token'>, conflicts: UnmergeConflict[]): Promise<MergeRow> {
    const [row] = await tx.query<MergeRow>(`
      update merge set state = 'undone', undone_at = now(), undone_by = undo_actor, undo_until = null, conflicts = $3
      where tenant_id = $1 and id = $2 returning ${ROW}`, [tenant, id, JSON.stringify(conflicts)]);
    return row;
  }

  async find(queries: Queries, tenant: string, id: number, { lock = false } = {}): Promise<MergeRow | undefined> {
    const [row] = await queries.query<MergeRow>(
      `select ${ROW} from merge where tenant_id = $1 and id = $2 ${lock ? 'for update' : ''}`, [tenant, id]);
    return row;
  }

  /** The merge that a token belongs to, or whose end it does, locked. */
  async byToken(tx: Tx, tenant: string, token: string): Promise<MergeRow | undefined> {
    const [row] = await tx.query<MergeRow>(
      `select ${ROW} from merge where tenant_id = $1 and (token = $2 or undo_token = $2) for update`, [tenant, token]);
    return row;
  }

  /** The merges that a lead took part in and that happened, newest first. */
  ofLead(queries: Queries, tenant: string, leadId: number, limit: number): Promise<MergeView[]> {
    return queries.query<MergeView>(`
      select ${VIEW} from merge
      where tenant_id = $1 and (primary_id = $2 or lead_ids @> array[$2::bigint]) and state in ('done', 'undone') order by id desc limit $3`,
    [tenant, leadId, limit]);
  }
}

export function mergeView(row: MergeRow): MergeView {
  const { id, primary_id, lead_ids, state, reason, merged_at, merged_by, fields, undone_at, undone_by, conflicts } = row;
  return { id, primary_id, lead_ids, state, reason, merged_at, merged_by, fields, undone_at, undone_by, conflicts };
}
