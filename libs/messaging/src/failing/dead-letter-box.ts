import type { DeadLetter, DeadLetterFilter, DeadLetterWithBody, Service } from '@headwater/contracts';
import type { Queries, Tx } from '@headwater/platform';
import { storable } from './dead-letters';

type Row = Omit<DeadLetter, 'service'>;

/** A letter whose row is locked. */
export interface LetterInHand {
  subscription: string;
  event_id: string | null;
  body: string;
}

const COLUMNS = 'id, subscription, event_id, tenant_id as tenant, subject, error, deliveries, failed_replays, at, discarded_at';

/** Letters below `cursor`, the newest first; of their errors the first line. */
export async function pageOfLetters(
  queries: Queries, service: Service, { tenant, subscription, discarded = false }: DeadLetterFilter, cursor: number | null, limit: number,
): Promise<DeadLetter[]> {
  const rows = await queries.query<Row>(`
    select ${COLUMNS} from dead_letter
    where (discarded_at is not null) = $1 and ($2::text is null or tenant_id = $2) and ($3::text is null or subscription = $3)
      and ($4::bigint is null or id < $4)
    order by id desc limit $5`, [discarded, tenant ?? null, subscription ?? null, cursor, limit]);
  return rows.map((row) => ({ service, ...row, error: firstLine(row.error) }));
}

/** @returns undefined when there is none of that id */
export async function findLetter(queries: Queries, service: Service, id: number): Promise<DeadLetterWithBody | undefined> {
  const [row] = await queries.query<Row & { body: string }>(
    `select ${COLUMNS}, body, discarded_by, discard_reason from dead_letter where id = $1`, [id]);
  return row && { service, ...row };
}

/** Ids of letters that wait, after `after`, the oldest first. */
export async function waitingLetters(queries: Queries, after: number, limit: number): Promise<number[]> {
  const rows = await queries.query<{ id: number }>(
    'select id from dead_letter where id > $1 and discarded_at is null order by id limit $2', [after, limit]);
  return rows.map(({ id }) => id);
}

export async function countWaiting(queries: Queries): Promise<number> {
  const [{ waiting }] = await queries.query<{ waiting: number }>('select count(*) as waiting from dead_letter where discarded_at is null');
  return waiting;
}

/** @returns undefined when it doesn't wait, or somebody else has it in hand */
export async function takeLetter(tx: Tx, id: number): Promise<LetterInHand | undefined> {
  const [letter] = await tx.query<LetterInHand>(`
    select subscription, event_id, body from dead_letter where id = $1 and discarded_at is null for update skip locked`, [id]);
  return letter;
}

export async function removeLetter(tx: Tx, id: number): Promise<void> {
  await tx.query('delete from dead_letter where id = $1', [id]);
}

export async function noteFailure(queries: Queries, id: number, error: Error): Promise<void> {
  await queries.query('update dead_letter set error = $2, failed_replays = failed_replays + 1 where id = $1',
    [id, storable(error.stack ?? error.message)]);
}

/** The first reason stays. @returns the letter as it is now, undefined when there is none of that id */
export async function discardLetter(
  queries: Queries, service: Service, { id, reason, actor }: { id: number; reason: string; actor: string },
): Promise<DeadLetter | undefined> {
  const [row] = await queries.query<Row>(`
    update dead_letter set discarded_at = coalesce(discarded_at, now()), discarded_by = coalesce(discarded_by, $2),
      discard_reason = coalesce(discard_reason, $3)
    where id = $1 returning ${COLUMNS}`, [id, actor, reason]);
  return row && { service, ...row, error: firstLine(row.error) };
}

const LONGEST_LINE = 300;

export const firstLine = (text: string): string => text.split('\n', 1)[0].slice(0, LONGEST_LINE);
