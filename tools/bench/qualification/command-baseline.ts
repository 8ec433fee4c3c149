import { randomUUID } from 'node:crypto';
import { Pool, type PoolClient } from 'pg';

const TABLES = ['lead_status', 'transition', 'note'];
const LEADS = 20_000;
const EVENT = JSON.stringify({ qualification: { status: 'contacted', note: 'x'.repeat(400) }, transitions: [{ from: 'new', to: 'contacted', note: 'x'.repeat(200) }] });

/** What anybody would write in place of a command: the lead locked, moved, with its history, a note and an event, in one transaction through pg. */
export class CommandBaseline {
  private constructor(private readonly pool: Pool) {}

  /** @param database of the administrator, with the tables of qualification, which it copies with their indexes */
  static async prepare(database: Pool, url: string, connections: number): Promise<CommandBaseline> {
    for (const table of TABLES) {
      await database.query(`create table if not exists bench_baseline.${table} (like qualification.${table} including defaults including identity including generated including indexes)`);
    }
    await database.query(`
      insert into bench_baseline.lead_status (tenant_id, lead_id, revision, status, in_status_since, lifecycle_stage, cycle, cycle_since, scoring_revision)
      select 'bench', n, 1, 'new', now(), 'lead', 1, now(), 1 from generate_series(1, $1::int) as n`, [LEADS]);
    await database.query('analyze bench_baseline.lead_status');
    return new CommandBaseline(new Pool({ connectionString: url, max: connections }));
  }

  /** @returns commands per second */
  async measure(clients: number, seconds: number): Promise<number> {
    const since = performance.now();
    const counts = await Promise.all(Array.from({ length: clients }, (_, client) => this.work(client, since + seconds * 1_000)));
    return counts.reduce((sum, count) => sum + count) / ((performance.now() - since) / 1_000);
  }

  async end(): Promise<void> {
    await this.pool.end();
  }

  private async work(first: number, until: number): Promise<number> {
    const client = await this.pool.connect();
    let written = 0;
    for (; performance.now() < until; written += 1) await move(client, 1 + ((first * 611 + written) % LEADS));
    client.release();
    return written;
  }
}

async function move(client: PoolClient, lead: number): Promise<void> {
  const write = (name: string, text: string, values: unknown[]) => client.query({ name, text, values });
  await client.query('begin');
  await write('lock', 'select * from bench_baseline.lead_status where tenant_id = $1 and lead_id = $2 for update', ['bench', lead]);
  await write('move', `
    update bench_baseline.lead_status set revision = revision + 1, status = 'contacted', in_status_since = now() where tenant_id = 'bench' and lead_id = $1`, [lead]);
  await write('transition', `
    insert into bench_baseline.transition (tenant_id, lead_id, from_status, to_status, cause, actor, at, ms_in_previous)
    values ('bench', $1, 'new', 'contacted', 'contact', 'bench', now(), 1)`, [lead]);
  await write('note', `
    insert into bench_baseline.note (id, tenant_id, lead_id, author, cause, text, at) values ($1, 'bench', $2, 'bench', 'contact', 'Budget approved, demo went well', now())`,
  [randomUUID(), lead]);
  await write('event', 'insert into bench_baseline.outbox (id, subject, envelope) values ($1, $2, $3)', [randomUUID(), 'crm.bench.live.lead.contacted.v1', EVENT]);
  await client.query('commit');
}
