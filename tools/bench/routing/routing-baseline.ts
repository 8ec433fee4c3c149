import type { Pool } from 'pg';

const WORKERS = 4;

/**
 * What anybody would write: per lead a transaction that locks the pool's row, moves its turn on, and writes who got the lead and an event.
 * @returns leads per second
 */
export async function measureRotationBaseline(database: Pool, seconds: number): Promise<number> {
  await database.query(`
    create table if not exists bench_baseline.turn (pool text primary key, turn bigint not null);
    insert into bench_baseline.turn values ('general', 0) on conflict do nothing;
    create table if not exists bench_baseline.owned (lead bigint generated always as identity primary key, rep bigint not null, event jsonb not null)`);
  const end = performance.now() + seconds * 1_000;
  const worker = async (): Promise<number> => {
    const client = await database.connect();
    try {
      let done = 0;
      for (; performance.now() < end; done += 1) {
        await client.query('begin');
        const { rows } = await client.query<{ turn: string }>(`select turn from bench_baseline.turn where pool = 'general' for update`);
        await client.query(`update bench_baseline.turn set turn = turn + 1 where pool = 'general'`);
        await client.query('insert into bench_baseline.owned (rep, event) values ($1, $2)', [Number(rows[0]!.turn) % 500, JSON.stringify({ owner: rows[0]!.turn })]);
        await client.query('commit');
      }
      return done;
    } finally {
      client.release();
    }
  };
  const done = await Promise.all(Array.from({ length: WORKERS }, worker));
  return done.reduce((sum, one) => sum + one, 0) / seconds;
}
