import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { RunError } from '../../instance/run-error';
import type { System } from '../../instance/system';
import { acceptedIn, leadsPerSecond, type Load } from '../load/run-load';

export const POOLS = [4, 10, 20] as const;
/** `loop`: a transaction per lead; `batch`: as many leads in one as Headwater takes; `http`: the loop, behind an HTTP server. */
type Mode = 'loop' | 'batch' | 'http';

interface Written {
  /** before it was measured */
  warmUp: number;
  leads: number;
  seconds: number;
}

const TABLES = `
  drop schema if exists bench_baseline cascade;
  create schema bench_baseline;
  create table bench_baseline.lead (
    id         bigint generated always as identity primary key,
    payload    jsonb not null,
    created_at timestamptz not null default now()
  );
  create table bench_baseline.outbox (
    seq        bigint generated always as identity primary key,
    id         uuid not null,
    subject    text not null,
    envelope   json not null,
    created_at timestamptz not null default now()
  )`;
const COUNT = `
  select (select count(*) from bench_baseline.lead)::int as leads, (select count(*) from bench_baseline.outbox)::int as events`;
const WARM_UP_S = 1;

/** What Headwater is measured against: `baseline.ts`, in the same PostgreSQL, in processes of its own. */
export class Baselines {
  constructor(
    private readonly system: System, private readonly load: Load, private readonly templates: string,
    private readonly faults: string[],
  ) {}

  /** Makes its tables. @returns what takes them away */
  async prepare(): Promise<() => Promise<void>> {
    await this.system.database.query(TABLES);
    return async () => { await this.system.database.query('drop schema bench_baseline cascade'); };
  }

  /** @returns leads per second */
  async measure(mode: 'loop' | 'batch', pool: number, seconds: number): Promise<number> {
    return this.run<Written, number>(mode, pool, seconds, async ({ warmUp, leads, seconds: took }) => {
      await this.check(mode, warmUp + leads);
      return leads / took;
    });
  }

  /** @returns leads per second */
  async measureHttp(pool: number, clients: number, seconds: number): Promise<number> {
    return this.run<{ port: number }, number>('http', pool, seconds, async ({ port }) => {
      const target = { url: `http://127.0.0.1:${port}/`, token: 'none' };
      const warmUp = await this.load.run(target, clients, WARM_UP_S);
      const answers = await this.load.run(target, clients, seconds);
      await this.check('http', acceptedIn(warmUp) + acceptedIn(answers));
      return leadsPerSecond(answers);
    });
  }

  /** Begins the process, and does something with what it tells. */
  private async run<Told, Result>(mode: Mode, pool: number, seconds: number, work: (told: Told) => Promise<Result>): Promise<Result> {
    const { instance, signal } = this.system;
    const args = [mode, String(pool), instance.facts().database_url, this.templates, String(seconds)];
    const child = fork(join(__dirname, 'baseline.js'), args);
    const ended = once(child, 'exit');
    try {
      const [told] = await Promise.race([
        once(child, 'message', { signal }),
        ended.then(([code]) => { throw new RunError(`The baseline ${mode} ended (${code}) before it said anything`); }),
      ]) as [Told];
      return await work(told);
    } finally {
      if (child.connected) child.disconnect();
      await ended;
    }
  }

  private async check(mode: Mode, written: number): Promise<void> {
    const { leads, events } = (await this.system.database.query<{ leads: number; events: number }>(COUNT)).rows[0]!;
    if (leads !== written || events !== written) {
      this.faults.push(`baseline ${mode}: ${written} leads were written, but there are ${leads} leads and ${events} events`);
    }
    await this.system.database.query('truncate bench_baseline.lead, bench_baseline.outbox');
  }
}
