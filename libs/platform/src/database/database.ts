import type { DataSource, QueryRunner } from 'typeorm';

/** A running transaction. Everything is SQL with `$1` parameters; the rows come back typed by the caller. */
export interface Tx {
  query<Row = Record<string, unknown>>(sql: string, parameters?: unknown[]): Promise<Row[]>;
  /** Runs after the commit, never after a rollback: for waking somebody, not for effects that matter. */
  afterCommit(action: () => void): void;
}

/** The one small helper through which stores reach PostgreSQL. */
export class Database {
  constructor(readonly dataSource: DataSource) {}

  /** A statement of its own. */
  async query<Row = Record<string, unknown>>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    const runner = this.dataSource.createQueryRunner();
    try {
      return await rowsOf<Row>(runner, sql, parameters);
    } finally {
      await runner.release();
    }
  }

  /** Commits what `work` wrote when it returns, rolls everything back when it throws. */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    const committed: (() => void)[] = [];
    try {
      await runner.startTransaction();
      const result = await work({
        query: (sql, parameters = []) => rowsOf(runner, sql, parameters),
        afterCommit: (action) => void committed.push(action),
      });
      await runner.commitTransaction();
      for (const action of committed) action();
      return result;
    } catch (error) {
      // A connection that is gone can't roll back; PostgreSQL has done it then. The first error is the one that counts.
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }
}

async function rowsOf<Row>(runner: QueryRunner, sql: string, parameters: unknown[]): Promise<Row[]> {
  const result = await runner.query(sql, parameters, true);
  return result.records as Row[];
}
