import { DomainError, type Context, type ErrorBody, type Idempotency } from '@headwater/contracts';
import type { Database, Tx } from '@headwater/platform';

/** A key of one caller within one tenant. */
export interface KeyedAttempt extends Idempotency {
  tenant: string;
}

export const attemptOf = ({ idempotency, tenant }: Pick<Context, 'idempotency' | 'tenant'>): KeyedAttempt | undefined =>
  idempotency && { ...idempotency, tenant: tenant.id };

/** What is known of an attempt: `fresh` is this transaction's to do, and to remember. */
export type Remembered =
  | { kind: 'fresh' }
  | { kind: 'answered'; answer: unknown }
  | { kind: 'refused'; error: ErrorBody };

const IN_FLIGHT: ErrorBody = {
  kind: 'conflict', code: 'in_flight', detail: 'A request with this Idempotency-Key is being worked on: try again in a moment',
};
const REUSED: ErrorBody = {
  kind: 'invalid', code: 'idempotency_key_reused', detail: 'This Idempotency-Key was used before with another body',
  errors: [{ field: 'Idempotency-Key', code: 'idempotency_key_reused', detail: 'This Idempotency-Key was used before with another body' }],
};

/**
 * Looks attempts up, set-based and in order. Each is locked until the transaction ends: one whose lock another
 * transaction holds is refused as `in_flight`, it doesn't wait.
 */
export async function recall(tx: Tx, attempts: KeyedAttempt[]): Promise<Remembered[]> {
  const locks = await tx.query<{ got: boolean }>(`
    select pg_try_advisory_xact_lock(hashtextextended(name, 0)) as got
    from unnest($1::text[]) with ordinality as attempt(name, i) order by i`,
    [attempts.map(({ tenant, scope, key }) => `idempotency ${tenant} ${scope} ${key}`)]);
  // In the next statement, which sees what the former holder of the lock has committed.
  const rows = await tx.query<{ i: number; hash: string; answer: unknown; refusal: ErrorBody | null }>(`
    select i, hash, answer, refusal
    from unnest($1::text[], $2::text[], $3::text[]) with ordinality as attempt(tenant_id, scope, key, i)
    join idempotency using (tenant_id, scope, key)`,
    [attempts.map(({ tenant }) => tenant), attempts.map(({ scope }) => scope), attempts.map(({ key }) => key)]);
  const stored = new Map(rows.map((row) => [row.i - 1, row]));
  return attempts.map(({ hash }, i) => {
    const row = stored.get(i);
    if (row) {
      if (row.hash !== hash) return { kind: 'refused', error: REUSED };
      return row.refusal ? { kind: 'refused', error: row.refusal } : { kind: 'answered', answer: row.answer };
    }
    return locks[i].got ? { kind: 'fresh' } : { kind: 'refused', error: IN_FLIGHT };
  });
}

/** What was answered to an attempt before, if it was made before. @throws DomainError what it was refused with, or that it is being worked on */
export async function firstAnswer<Answer>(tx: Tx, attempt: KeyedAttempt | undefined): Promise<Answer | null> {
  const [known] = attempt ? await recall(tx, [attempt]) : [];
  if (known?.kind === 'refused') throw new DomainError(known.error);
  return known?.kind === 'answered' ? known.answer as Answer : null;
}

/** Stores first answers in the transaction of their effect. */
export async function remember(
  tx: Tx, entries: { attempt: KeyedAttempt; answer?: unknown; refusal?: ErrorBody }[],
): Promise<void> {
  if (entries.length === 0) return;
  await tx.query(`
    insert into idempotency (tenant_id, scope, key, hash, answer, refusal)
    select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::jsonb[], $6::jsonb[])`, [
    entries.map(({ attempt }) => attempt.tenant),
    entries.map(({ attempt }) => attempt.scope),
    entries.map(({ attempt }) => attempt.key),
    entries.map(({ attempt }) => attempt.hash),
    entries.map(({ answer }) => (answer === undefined ? null : JSON.stringify(answer))),
    entries.map(({ refusal }) => (refusal ? JSON.stringify(refusal) : null)),
  ]);
}

/**
 * For work that repeats itself without harm, in parts and in any order: keeps which body each key came with, and waits for whoever keeps the same
 * key meanwhile. Asked first in its transaction, as it locks the keys.
 * @returns of each attempt the refusal of a key that came with another body before, else null
 */
export async function refuseReused(tx: Tx, attempts: KeyedAttempt[]): Promise<(ErrorBody | null)[]> {
  if (attempts.length === 0) return [];
  const named = [attempts.map(({ tenant }) => tenant), attempts.map(({ scope }) => scope), attempts.map(({ key }) => key)];
  await tx.query(`
    insert into idempotency (tenant_id, scope, key, hash)
    select distinct on (tenant_id, scope, key) tenant_id, scope, key, hash
    from unnest($1::text[], $2::text[], $3::text[], $4::text[]) with ordinality as attempt(tenant_id, scope, key, hash, i)
    order by tenant_id, scope, key, i
    on conflict do nothing`, [...named, attempts.map(({ hash }) => hash)]);
  // In the next statement, which sees what was waited for.
  const rows = await tx.query<{ i: number; hash: string }>(`
    select i, hash from unnest($1::text[], $2::text[], $3::text[]) with ordinality as attempt(tenant_id, scope, key, i)
    join idempotency using (tenant_id, scope, key)`, named);
  const first = new Map(rows.map(({ i, hash }) => [i - 1, hash]));
  // One that its retention has deleted meanwhile is no longer there to be another.
  return attempts.map(({ hash }, i) => ((first.get(i) ?? hash) === hash ? null : REUSED));
}

/**
 * Does the work in one transaction, once per key: a repetition gets the stored answer. Without a key it simply does it.
 * Refusals as `invalid` are final and are stored too; a conflict may be resolved by the next attempt, so it isn't.
 */
export async function once<Answer>(
  database: Database, attempt: KeyedAttempt | undefined, work: (tx: Tx) => Promise<Answer>,
): Promise<Answer> {
  if (!attempt) return database.transaction(work);
  const outcome = await database.transaction(async (tx): Promise<Exclude<Remembered, { kind: 'fresh' }>> => {
    const [known] = await recall(tx, [attempt]);
    if (known.kind !== 'fresh') return known;
    await tx.query('savepoint work');
    try {
      const answer = await work(tx);
      await remember(tx, [{ attempt, answer }]);
      return { kind: 'answered', answer };
    } catch (error) {
      if (!(error instanceof DomainError) || error.body.kind !== 'invalid') throw error;
      await tx.query('rollback to savepoint work');
      await remember(tx, [{ attempt, refusal: error.body }]);
      return { kind: 'refused', error: error.body };
    }
  });
  if (outcome.kind === 'refused') throw new DomainError(outcome.error);
  return outcome.answer as Answer;
}
