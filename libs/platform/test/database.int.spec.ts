import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import { createTestDatabase, urlOfService } from '@headwater/testing';
import {
  Database, databaseVariables, isTemporary, migrate, migrateService, openDataSource, parseEnvironment, pendingMigrations, type Migration,
  type ServiceDefinition,
} from '../src';

const schema = 'scoring';
let administrator: string;
let url: string;

class CreateThing1763773200002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table thing (id bigint generated always as identity, amount numeric, day date, at timestamptz default now())');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table thing');
  }
}

const openAt = (place: string, ...more: Migration[]) => openDataSource({
  config: parseEnvironment({ DATABASE_URL: place }, databaseVariables), schema, pool: 2, migrations: [CreateThing1763773200002, ...more],
});
const open = (...more: Migration[]) => openAt(url, ...more);

/** A way to a server on which those who are there can be left without another word, as by a machine that loses its power. */
async function silencer(serverUrl: string) {
  const { hostname, port } = new URL(serverUrl);
  const sockets: Socket[] = [];
  const proxy = createServer((socket) => {
    const server = connect(Number(port), hostname);
    for (const [from, to] of [[socket, server], [server, socket]]) {
      sockets.push(from.on('error', () => undefined).on('close', () => to.destroy()));
      from.pipe(to);
    }
  });
  await new Promise<void>((resolve) => void proxy.listen(0, '127.0.0.1', resolve));
  const here = new URL(serverUrl);
  here.host = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  return {
    url: here.href,
    silence: () => sockets.forEach((socket) => socket.unpipe().pause()),
    close: () => new Promise((resolve) => {
      proxy.close(resolve);
      sockets.forEach((socket) => socket.destroy());
    }),
  };
}

let main: DataSource;
let database: Database;

beforeAll(async () => {
  administrator = await createTestDatabase();
  url = urlOfService(administrator, schema);
  main = await open();
  database = new Database(main);
});
afterAll(() => main.destroy());

const empty: ServiceDefinition = { name: 'scoring', module: class {}, migrations: [] };

describe('migrate', () => {
  it('runs once when several replicas start together, in the own schema', async () => {
    expect(await pendingMigrations(main, schema)).toEqual(['CreateThing1763773200002']);
    const replicas = await Promise.all([1, 2, 3].map(() => open()));
    const ran = await Promise.all(replicas.map((replica) => migrate(replica, schema)));
    expect(ran.flat()).toEqual(['CreateThing1763773200002']);
    await Promise.all(replicas.map((replica) => replica.destroy()));
    expect(await pendingMigrations(main, schema)).toEqual([]);
    expect(await database.query(`select table_schema from information_schema.tables where table_name = 'thing'`)).toEqual([{ table_schema: schema }]);
  });

  it('lets a migration run for as long as it takes, while statements of the service are limited', async () => {
    const limitOf = (runner: { query(sql: string): Promise<unknown> }) => runner.query('show statement_timeout');
    let within: unknown;
    class TakeLong1763773200003 implements MigrationInterface {
      async up(runner: QueryRunner): Promise<void> {
        within = await limitOf(runner);
      }

      async down(): Promise<void> {}
    }
    const source = await open(TakeLong1763773200003);
    expect(await migrate(source, schema)).toEqual(['TakeLong1763773200003']);
    expect(within).toEqual([{ statement_timeout: '0' }]);
    expect(await limitOf(source)).toEqual([{ statement_timeout: '1min' }]);
    await source.destroy();
  });

  it("refuses whoever doesn't begin in the service's schema, in a sentence that says what to do", async () => {
    await expect(migrateService(empty, { DATABASE_URL: administrator })).rejects.toThrow(
      'PostgreSQL\'s role "headwater" begins in the schema "public" and not in "scoring": run deploy/postgres/roles.sql, and log in as headwater_scoring');
    await expect(migrateService(empty, { DATABASE_URL: urlOfService(administrator, 'intake') })).rejects.toThrow(
      'PostgreSQL\'s role "headwater_intake" begins in the schema "intake" and not in "scoring"');
  });

  it('names the variable that is missing', async () => {
    await expect(migrateService(empty, {})).rejects.toThrow('DATABASE_URL is missing');
  });

  it("says in a sentence where PostgreSQL isn't, or doesn't let it in, and shows no password", async () => {
    const nobody = new URL(url);
    nobody.port = '1';
    nobody.password = 'secret';
    const sentence: unknown = await migrateService(empty, { DATABASE_URL: nobody.href }).catch((error: Error) => error.message);
    expect(sentence).toBe(`PostgreSQL at ${nobody.host}${nobody.pathname} can't be used: connect ECONNREFUSED ${nobody.host}`);
  });
});

describe('Database', () => {
  it('gives numbers, days and instants as the wire has them', async () => {
    const [row] = await database.query(`insert into thing (amount, day, at) values (75000.50, '2026-02-28', '2026-11-22T10:00:00+01') returning *`);
    expect(row).toEqual({ id: 1, amount: 75000.5, day: '2026-02-28', at: '2026-11-22T09:00:00.000Z' });
  });

  it('commits what the work wrote, then tells; rolls everything back and tells nobody when it throws', async () => {
    const told: string[] = [];
    await database.transaction(async (tx) => {
      await tx.query('insert into thing (amount) values (1)');
      tx.afterCommit(() => told.push('committed'));
    });
    await expect(database.transaction(async (tx) => {
      await tx.query('insert into thing (amount) values (2)');
      tx.afterCommit(() => told.push('rolled back'));
      throw new Error('no');
    })).rejects.toThrow('no');
    expect(told).toEqual(['committed']);
    expect(await database.query('select amount from thing where amount < 10')).toEqual([{ amount: 1 }]);
  });

  it('tells nobody that work is committed whose failed statement was passed over', async () => {
    const told: string[] = [];
    await expect(database.transaction(async (tx) => {
      await tx.query('insert into thing (amount) values (3)');
      tx.afterCommit(() => told.push('committed'));
      await tx.query('select nonsense').catch(() => undefined);
    })).rejects.toThrow('Nothing was committed');
    expect(told).toEqual([]);
    expect(await database.query('select from thing where amount = 3')).toEqual([]);
  });

  it('gives up a server that goes without a word, and asks it anew', async () => {
    const through = await silencer(administrator);
    const source = await openAt(urlOfService(through.url, schema));
    const [patient, limited] = [new Database(source), new Database(source, 300)];
    try {
      await Promise.all([patient.query('select 1'), patient.query('select 1')]); // the pool has as many connections now as it may
      through.silence();
      const [alone, inTransaction] = await Promise.all(
        [limited.query('select 2'), limited.transaction((tx) => tx.query('select 2'))].map((work) => work.catch((error: unknown) => error)));
      for (const failure of [alone, inTransaction]) {
        expect(failure).toMatchObject({ message: 'PostgreSQL says nothing any more: its connection is given up' });
        expect(isTemporary(failure)).toBe(true);
      }
      expect(await patient.query('select 3 as three')).toEqual([{ three: 3 }]);
    } finally {
      await source.destroy();
      await through.close();
    }
  });

  it('gives the connection back after a failure', async () => {
    for (let n = 0; n < 5; n += 1) await expect(database.query('select nonsense')).rejects.toThrow(/nonsense/);
    expect(await database.query('select 1 as one')).toEqual([{ one: 1 }]);
  });

  describe('with a statement that transactions run again and again', () => {
    const often = 'select * from thing where amount = $1';
    const repeat = async (sql: string, times: number) => {
      for (let n = 0; n < times; n += 1) await database.transaction((tx) => tx.query(sql, [1]));
    };
    const kept = () => database.transaction((tx) => tx.query<{ statement: string }>('select statement from pg_prepared_statements where $1', [true]))
      .then((rows) => rows.map(({ statement }) => statement));

    it('lets PostgreSQL keep its plan, and not that of one which is rare', async () => {
      await repeat('select id from thing where amount = $1', 20);
      await repeat(often, 100);
      expect(await kept()).toEqual([often]);
    });

    it('takes a plan that a migration has outdated for an outage, once for each connection, and goes on', async () => {
      await database.query('alter table thing add column name text');
      const failure: unknown = await repeat(often, 1).catch((error: unknown) => error);
      expect(failure).toMatchObject({ message: 'cached plan must not change result type' });
      expect(isTemporary(failure)).toBe(true);
      await repeat(often, 10);
      expect(await kept()).toEqual([often]);
    });
  });
});
