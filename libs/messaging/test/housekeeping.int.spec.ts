import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Database } from '@headwater/platform';
import { eventually, startCell, type Cell } from '@headwater/testing';
import { Outbox } from '../src';
import { Housekeeping } from '../src/housekeeping';
import { ledger, routed } from './ledger-service';

const DAY_MS = 24 * 60 * 60 * 1_000;

let cell: Cell;
let app: NestFastifyApplication;
let housekeeping: Housekeeping;
/** The day, of UTC, in which the service began. A run may go on in the next one. */
let today: string;

beforeAll(async () => {
  cell = await startCell({ services: [], madeUp: true });
  const before = await presentDay();
  app = await cell.add(ledger);
  today = (await partitions()).includes(partitionOf(before)) ? before : await presentDay();
  housekeeping = app.get(Housekeeping, { strict: false });
});
afterAll(() => cell.stop());

const sql = <Row>(text: string, parameters: unknown[] = []) => cell.rows<Row>('routing', text, parameters);
const partitions = async () => (await sql<{ name: string }>(`
  select relname as name from pg_inherits join pg_class c on c.oid = inhrelid where inhparent = 'outbox'::regclass order by 1`)).map(({ name }) => name);
const presentDay = async () => (await sql<{ day: string }>(`select (now() at time zone 'utc')::date::text as day`))[0].day;
const dayIn = (days: number) => new Date(Date.parse(today) + days * DAY_MS).toISOString().slice(0, 10);
const partitionOf = (day: string) => `outbox_${day.replaceAll('-', '')}`;

describe('housekeeping', () => {
  it('has partitions for today and the days to come, and events go into today\'s', async () => {
    expect(await partitions()).toEqual(expect.arrayContaining([partitionOf(today), partitionOf(dayIn(3)), 'outbox_rest']));
    const database = app.get(Database);
    await database.transaction((tx) => app.get(Outbox, { strict: false }).add(tx, [{ event: routed(1), cause: { correlationId: 'test' } }]));
    const [{ place, day }] = await sql<{ place: string; day: string }>(`
      select tableoid::regclass::text as place, (created_at at time zone 'utc')::date::text as day from outbox`);
    expect(place).toBe(partitionOf(day));
  });

  it('drops a day whose retention has ended, but not one with something left to publish', async () => {
    for (const days of [-31, -32]) {
      await sql(`create table ${partitionOf(dayIn(days))} partition of outbox for values from ('${dayIn(days)} 00:00+00') to ('${dayIn(days + 1)} 00:00+00')`);
    }
    await sql(`insert into outbox_pending (seq, created_at, claimed_until) values (-1, '${dayIn(-31)} 12:00+00', now() + interval '1 day')`);
    await housekeeping.clean();
    expect(await partitions()).toContain(partitionOf(dayIn(-31)));
    await sql('delete from outbox_pending where seq = -1');
    await housekeeping.clean();
    expect(await partitions()).not.toContain(partitionOf(dayIn(-31)));
    expect(await partitions()).not.toContain(partitionOf(dayIn(-32)));
  });

  it('forgets keys after two days and inbox rows only after the outbox can not replay them', async () => {
    await sql(`insert into idempotency (tenant_id, scope, key, hash, at) values ('demo', 's', 'old', 'h', now() - interval '49 hours'), ('demo', 's', 'new', 'h', now())`);
    await sql(`insert into inbox (subscription, event_id, received_at) values
      ('x', gen_random_uuid(), now() - interval '36 days'), ('x', gen_random_uuid(), now() - interval '38 days')`);
    await housekeeping.clean();
    expect(await sql('select key from idempotency')).toEqual([{ key: 'new' }]);
    expect(await sql('select 1 as one from inbox')).toHaveLength(1);
  });

  it('keeps no start waiting, however long it takes to forget', async () => {
    await sql(`insert into inbox (subscription, event_id, received_at) values ('x', gen_random_uuid(), now() - interval '38 days')`);
    await app.get(Database).transaction(async (tx) => {
      await tx.query(`select from inbox where received_at < now() - interval '37 days' for update`);
      await cell.add(ledger);
      await eventually('the one that has started waits for the row', async () => (await sql(
        `select from pg_stat_activity where wait_event_type = 'Lock' and query like '%delete from inbox%'`)).length > 0);
    });
    await eventually('the row is gone', async () => (await sql(`select from inbox where received_at < now() - interval '37 days'`)).length === 0);
  });

  it('is done by one replica at a time', async () => {
    await expect(Promise.all([1, 2, 3].map(() => housekeeping.clean()))).resolves.toHaveLength(3);
  });
});
