import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { SERVICES, type Service } from '../../libs/contracts/src';
import { makeRoles, startPostgres, urlOfRole, type RunningServer } from '../../libs/embedded/src';
import { createTestDatabase, urlOfService } from '../../libs/testing/src';

/** Runs statements in one session, and answers with the rows of the last. */
async function run<Row = Record<string, unknown>>(url: string, ...statements: string[]): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    let rows: Row[] = [];
    for (const sql of statements) rows = (await client.query(sql)).rows as Row[];
    return rows;
  } finally {
    await client.end();
  }
}

const passwords = Object.fromEntries(SERVICES.map((service) => [service, `${service}'s \\ "secret"`]));
const REFUSED = { code: '42501' };
const NOT_THERE = { code: '42P01' };

describe.each(SERVICES)('in PostgreSQL %s', (service) => {
  let administrator: string;
  let url: string;
  const other: Service = service === 'intake' ? 'scoring' : 'intake';

  beforeAll(async () => {
    administrator = await createTestDatabase();
    url = urlOfService(administrator, service);
    await run(urlOfService(administrator, other), 'create table thing (id integer)', 'insert into thing values (1)');
  });

  it('owns its schema: makes tables, fills them, takes them away', async () => {
    expect(await run(url, 'create table thing (id bigint generated always as identity, at timestamptz default now()) partition by range (at)',
      'create table thing_rest partition of thing default', 'insert into thing default values', 'select id from thing')).toEqual([{ id: '1' }]);
    expect(await run(url, "select schemaname from pg_tables where tablename = 'thing' and tableowner = current_user")).toEqual([{ schemaname: service }]);
    await run(url, 'drop table thing');
  });

  it.each([
    ['reads', `select * from ${other}.thing`],
    ['writes', `insert into ${other}.thing values (2)`],
    ['makes a table in', `create table ${other}.mine (id integer)`],
    ['takes', `alter schema ${other} owner to headwater_${service}`],
    ['drops', `drop schema ${other} cascade`],
  ])("%s another's schema: refused", async (_what, sql) => {
    await expect(run(url, sql)).rejects.toMatchObject(REFUSED);
  });

  it("doesn't find another's table by any search path", async () => {
    await expect(run(url, `set search_path = ${other}, public`, 'select * from thing')).rejects.toMatchObject(NOT_THERE);
  });

  it.each([
    ['a table in public', 'create table public.thing (id integer)'],
    ['a schema', 'create schema mine'],
    ['a temporary table', 'create temporary table thing (id integer)'],
    ['a role', 'create role somebody'],
    ['a database', 'create database mine'],
  ])('makes %s: refused', async (_what, sql) => {
    await expect(run(url, sql)).rejects.toMatchObject(REFUSED);
  });

  it.each([`headwater_${other}`, 'headwater'])('becomes %s: refused', async (role) => {
    await expect(run(url, `set role ${role}`)).rejects.toMatchObject(REFUSED);
    await expect(run(url, `set session authorization ${role}`)).rejects.toMatchObject(REFUSED);
    await expect(run(url, `grant ${role} to headwater_${service}`)).rejects.toMatchObject(REFUSED);
  });

  it('lifts its own restrictions: refused', async () => {
    await expect(run(url, `alter role headwater_${service} createrole`)).rejects.toMatchObject(REFUSED);
  });
});

describe('the database', () => {
  it('lets in no role but those of the services, its owner and superusers', async () => {
    const administrator = await createTestDatabase();
    const role = `stranger_${process.pid}`;
    await run(administrator, `create role ${role} login password 'x'`);
    const url = new URL(administrator);
    url.username = role;
    url.password = 'x';
    await expect(run(url.href, 'select 1')).rejects.toMatchObject(REFUSED);
    await run(administrator, `drop role ${role}`);
  });
});

/** A server of its own: roles belong to the whole server. */
describe('roles.sql', () => {
  const directory = mkdtempSync(join(tmpdir(), 'headwater-roles-'));
  let server: RunningServer;
  /** whoever runs it on a managed server: no superuser */
  let administrator: string;
  const inDatabase = (name: string): string => administrator.replace(/\/first$/, `/${name}`);

  beforeAll(async () => {
    server = await startPostgres({ dataDir: join(directory, 'postgres'), password: 'tests', log: join(directory, 'postgres.log'), durable: false });
    await run(server.url, "create role boss login createrole password 'tests'", 'create database first owner boss', 'create database second owner boss');
    const url = new URL(server.url);
    url.username = 'boss';
    url.pathname = '/first';
    administrator = url.href;
  });
  afterAll(async () => {
    await server.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it('says which password is missing', async () => {
    const { conversion: _, ...others } = passwords;
    await expect(makeRoles(administrator, others)).rejects.toThrow('The role headwater_conversion is new and needs a password: set headwater.conversion_password');
  });

  it('may be run by an administrator who is no superuser, in several databases, often and at once', async () => {
    const runs = ['first', 'second', 'first', 'second'].map((name) => makeRoles(inDatabase(name), passwords));
    await Promise.all(runs);
    await makeRoles(administrator, {});
    for (const service of SERVICES) {
      for (const database of ['first', 'second']) {
        expect(await run(urlOfRole(inDatabase(database), service, passwords[service]!), 'select current_schema() as schema')).toEqual([{ schema: service }]);
      }
    }
  });

  it('changes a password', async () => {
    await makeRoles(administrator, { ...passwords, intake: 'another' });
    await expect(run(urlOfRole(administrator, 'intake', passwords.intake!), 'select 1')).rejects.toMatchObject({ code: '28P01' });
    expect(await run(urlOfRole(administrator, 'intake', 'another'), 'select 1 as one')).toEqual([{ one: 1 }]);
    await makeRoles(administrator, passwords);
  });

  it('hands over what an older Headwater left to its superuser', async () => {
    await run(server.url, 'create schema intake', 'set search_path = intake',
      'create table lead (id bigint generated always as identity primary key, at timestamptz default now())', 'insert into lead default values',
      'create sequence outbox_seq', "create table outbox (seq bigint default nextval('outbox_seq'), at date) partition by range (at)",
      'create table outbox_rest partition of outbox default', 'create view leads as select id from lead', "create type shade as enum ('grey')",
      'create function one() returns integer language sql return 1', 'create index lead_by_at on lead (at)');
    await makeRoles(server.url, passwords);
    const intake = urlOfRole(server.url, 'intake', passwords.intake!);
    expect(await run(intake, 'insert into lead default values', 'insert into outbox default values',
      "create table outbox_2026 partition of outbox for values from ('2026-01-01') to ('2027-01-01')", 'alter table lead add shade shade',
      'drop index lead_by_at', 'create or replace function one() returns integer language sql return 2', 'drop view leads',
      'select id::int, one() as two from lead order by id')).toEqual([{ id: 1, two: 2 }, { id: 2, two: 2 }]);
    expect(await run(server.url, `
      select relname from pg_class where relnamespace = 'intake'::regnamespace and relowner <> 'headwater_intake'::regrole`)).toEqual([]);
  });

  it('refuses a role that may more than a service should, and who does not own the database', async () => {
    await run(server.url, 'alter role headwater_routing createdb');
    await expect(makeRoles(administrator, passwords)).rejects.toThrow(/headwater_routing was there before, and may do more/);
    await run(server.url, 'alter role headwater_routing nocreatedb', 'grant pg_read_all_data to headwater_routing');
    await expect(makeRoles(administrator, passwords)).rejects.toThrow(/headwater_routing was there before, and may do more/);
    await run(server.url, 'revoke pg_read_all_data from headwater_routing', 'alter database second owner to headwater');
    await expect(makeRoles(inDatabase('second'), passwords)).rejects.toThrow('Run it as the owner of the database second: boss is not');
  });
});
