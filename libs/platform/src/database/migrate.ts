import type { DataSource } from 'typeorm';

/**
 * Brings the schema up to date; safe to run from several replicas at once.
 * @returns the names of the migrations that ran
 */
export async function migrate(source: DataSource, schema: string): Promise<string[]> {
  const lock = source.createQueryRunner();
  try {
    // In a transaction, because a pooler in transaction mode would give a session's lock to somebody else.
    await lock.startTransaction();
    await lock.query('set local idle_in_transaction_session_timeout = 0; set local statement_timeout = 0; set local lock_timeout = 0');
    await lock.query('select pg_advisory_xact_lock(hashtext($1))', [`headwater migrate ${schema}`]);
    const ran = await source.runMigrations({ transaction: 'each' });
    // Without statistics the planner takes a new table for empty: measured at four times the cost per batch.
    if (ran.length) await lock.query(await analyzeOf(source));
    await lock.commitTransaction();
    return ran.map(({ name }) => name);
  } finally {
    if (lock.isTransactionActive) await lock.rollbackTransaction().catch(() => undefined); // the first error is the one that counts
    await lock.release();
  }
}

/** Of our own tables: PostgreSQL would warn for each other one that it is not ours. */
async function analyzeOf(source: DataSource): Promise<string> {
  const [{ tables }] = await source.query<{ tables: string }[]>(`
    select string_agg(oid::regclass::text, ', ') as tables
    from pg_class where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p')`);
  return `analyze ${tables}`;
}

/** Names of the migrations that this build brings and the schema lacks. */
export async function pendingMigrations(source: DataSource, schema: string): Promise<string[]> {
  const table = await source.query<{ there: string | null }[]>(`select to_regclass($1) as there`, [`"${schema}".migration`]);
  const done = table[0]?.there ? await source.query<{ name: string }[]>(`select name from "${schema}".migration`) : [];
  const names = new Set(done.map(({ name }) => name));
  return source.migrations.map((migration) => migration.name ?? migration.constructor.name).filter((name) => !names.has(name));
}
