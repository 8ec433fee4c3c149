import type { Socket } from 'node:net';
import type { Pool, PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver';
import { KeptPlans } from './kept-plans';
import { isOutdatedPlan } from './temporary';

/** What is read through, within a transaction or without. Everything is SQL with `$1` parameters; the rows come back typed by the caller. */
export interface Queries {
  query<Row = Record<string, unknown>>(sql: string, parameters?: unknown[]): Promise<Row[]>;
}

/** A running transaction. */
export interface Tx extends Queries {
  /** Runs after the commit, never after a rollback: for waking somebody, not for effects that matter. */
  afterCommit(action: () => void): void;
}

/** The one small helper through which stores reach PostgreSQL: on TypeORM's pool, without its query runner on the way. */
export class Database {
  private readonly pool: Pool;
  private readonly plans = new KeptPlans();

  /**
   * @param source that is open
   * @param silentMs how long a connection in use may pass nothing in either direction before it is taken for broken; any time when left out. TCP takes a
   *   quarter of an hour to tell that a machine is gone which went without a word.
   */
  constructor(source: DataSource, private readonly silentMs = 0) {
    this.pool = (source.driver as PostgresDriver).master as Pool;
  }

  /** A statement of its own. */
  async query<Row = Record<string, unknown>>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    const client = await this.borrow();
    let broken = true;
    try {
      const { rows } = await client.query(sql, parameters);
      broken = false;
      return rows as Row[];
    } finally {
      this.giveBack(client, broken);
    }
  }

  /** Commits what `work` wrote when it returns, rolls everything back when it throws. */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await this.borrow();
    const committed: (() => void)[] = [];
    let broken: boolean | undefined;
    try {
      const phrase = await this.plans.phrase(client);
      await client.query('begin');
      const result = await work({
        query: async <Row>(sql: string, parameters: unknown[] = []) => (await client.query(phrase(sql, parameters))).rows as Row[],
        afterCommit: (action) => void committed.push(action),
      });
      await commit(client);
      for (const action of committed) action();
      return result;
    } catch (error) {
      broken = !await isRolledBack(client) || isOutdatedPlan(error);
      throw error;
    } finally {
      this.giveBack(client, broken);
    }
  }

  private async borrow(): Promise<PoolClient> {
    const client = await this.pool.connect();
    client.on('error', ignore);
    if (this.silentMs > 0) socketOf(client).setTimeout(this.silentMs, hangUp);
    return client;
  }

  private giveBack(client: PoolClient, broken: boolean | undefined): void {
    if (this.silentMs > 0) socketOf(client).setTimeout(0, hangUp);
    client.off('error', ignore);
    client.release(broken);
  }

  /** Does the work, answers what it came to, and takes all of it back. */
  async tryOut<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const takenBack = new Error('Nothing of it is to stay');
    let result: { value: T } | undefined;
    try {
      return await this.transaction(async (tx) => {
        result = { value: await work(tx) };
        throw takenBack;
      });
    } catch (error) {
      if (error !== takenBack || !result) throw error;
      return result.value;
    }
  }
}

/** PostgreSQL answers the commit of a transaction in which a statement failed by rolling it back, and calls that no error. */
async function commit(client: PoolClient): Promise<void> {
  const { command } = await client.query('commit');
  if (command !== 'COMMIT') throw new Error('Nothing was committed: a statement of the transaction had failed, and its work went on');
}

/** The database's clock; in a transaction the moment at which it began, which is what its rows say too. */
export async function nowOf(queries: Queries): Promise<string> {
  const [{ now }] = await queries.query<{ now: string }>('select now() as now');
  return now;
}

/** A connection that breaks fails the statement that runs, or the next one: nobody else needs to hear of it. */
const ignore = (): void => undefined;

/** pg says to nobody else what it reads and writes on. */
const socketOf = (client: PoolClient): Socket => (client as unknown as { connection: { stream: Socket } }).connection.stream;

function hangUp(this: Socket): void {
  this.destroy(Object.assign(new Error('PostgreSQL says nothing any more: its connection is given up'), { code: 'ETIMEDOUT' }));
}

/** A connection that is gone can't roll back; PostgreSQL has done it then. The first error is the one that counts. */
const isRolledBack = (client: PoolClient): Promise<boolean> => client.query('rollback').then(() => true, () => false);
