import type { PoolClient, QueryConfig } from 'pg';

/** Says how a statement is sent. */
export type Phrase = (text: string, values: unknown[]) => QueryConfig;

interface Connection {
  /** whether nobody stands between us and PostgreSQL who may give the next transaction to another of its sessions */
  isDirect: boolean;
  /** of this process's clock, in ms: when its plans were last thrown away */
  plannedSince: number;
}

/** Before, a text may be one of many that are put together for a single use. */
const HOT_AFTER = 50;
/** Texts with a name; each costs every connection the memory of a plan. */
const MOST_NAMES = 200;
/** Texts that are being counted. */
const MOST_COUNTED = 1_000;
/** A plan for a table that was empty a minute ago is a bad one now, and PostgreSQL only looks again after an `analyze`. */
const PLAN_AGAIN_AFTER_MS = 10_000;

/**
 * Lets PostgreSQL keep the plans of the statements that transactions run again and again: a quarter of their time is planning
 * (docs/adr/0041). Whoever stands between, such as pgbouncer in transaction mode, is found out, and gets statements without names.
 */
export class KeptPlans {
  private readonly names = new Map<string, string>();
  private uses = new Map<string, number>();
  private readonly connections = new WeakMap<PoolClient, Connection>();

  /** @param client outside of a transaction */
  async phrase(client: PoolClient): Promise<Phrase> {
    let connection = this.connections.get(client);
    if (!connection) this.connections.set(client, connection = { isDirect: await isDirect(client), plannedSince: performance.now() });
    if (!connection.isDirect) return unnamed;
    if (performance.now() - connection.plannedSince > PLAN_AGAIN_AFTER_MS) {
      await client.query('discard plans');
      connection.plannedSince = performance.now();
    }
    return (text, values) => ({ text, values, name: values.length > 0 ? this.nameOf(text) : undefined });
  }

  private nameOf(text: string): string | undefined {
    const name = this.names.get(text);
    if (name !== undefined || this.names.size >= MOST_NAMES) return name;
    const uses = (this.uses.get(text) ?? 0) + 1;
    if (uses >= HOT_AFTER) {
      this.names.set(text, `hot_${this.names.size}`);
      this.uses.delete(text);
    } else {
      if (this.uses.size >= MOST_COUNTED) this.uses = new Map();
      this.uses.set(text, uses);
    }
    return undefined;
  }
}

const unnamed: Phrase = (text, values) => ({ text, values });

/** PostgreSQL introduces itself with the id of the session's process; a pooler, which has no session yet, with one of its own making. */
async function isDirect(client: PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  return rows[0]?.pid === (client as PoolClient & { processID?: number }).processID;
}
