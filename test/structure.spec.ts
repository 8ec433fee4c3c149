import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SERVICES } from '../libs/contracts/src';
import { services } from '../tools/launcher/services';
import { readCompose } from './compose/compose';

const ROOT = join(__dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const folders = (path: string) => readdirSync(join(ROOT, path), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);

/** What knows of every service, and would be silently incomplete without one. */
describe('every service', () => {
  it('has a folder, and every folder of apps is one', () => {
    expect(folders('apps').sort()).toEqual([...SERVICES].sort());
  });

  it.each(SERVICES)('%s is built, described and started', (service) => {
    expect(read('tsconfig.json')).toContain(`"apps/${service}"`);
    expect(read('README.md')).toContain(`[${service}](apps/${service}/README.md)`);
    for (const file of ['README.md', 'package.json', 'tsconfig.json', 'src/main.ts']) expect(existsSync(join(ROOT, 'apps', service, file))).toBe(true);
  });

  it('has a role in PostgreSQL', () => {
    const [, list] = /services constant text\[\] := array\[([^\]]+)\]/.exec(read('deploy/postgres/roles.sql'))!;
    expect(list.replaceAll("'", '').split(', ')).toEqual([...SERVICES]);
  });
});

/** Each of these has a list of services of its own; none may lack one, or name one that doesn't exist. */
describe('the services', () => {
  const lists: [string, () => string[]][] = [
    ['the folders of apps', () => folders('apps')],
    ['what is built', () => [...read('tsconfig.json').matchAll(/"apps\/([^"]+)"/g)].map(([, name]) => name!)],
    ["the README's table", () => [...read('README.md').matchAll(/^\| \[([^\]]+)\]\(apps\/[^)]+\/README\.md\)/gm)].map(([, name]) => name!)],
    ['what the launcher starts', () => services(ROOT).map(({ name }) => name)],
    ['the images of docker-compose.yml', () => Object.values(readCompose().services).flatMap(({ build }) => build?.args.APP ?? [])],
    ['the services of docker-compose.yml', () => Object.entries(readCompose().services).filter(([, { build }]) => build).map(([name]) => name)],
    ['the migrations of docker-compose.yml', () => Object.keys(readCompose().services).flatMap((name) => /^(.+)-migrate$/.exec(name)?.[1] ?? [])],
  ];
  it.each(lists)('are all in %s, and no other', (_, list) => expect(list().sort()).toEqual([...SERVICES].sort()));
});

/** What pgbouncer in transaction mode doesn't keep from one transaction to the next (docs/operations/pgbouncer.md). */
describe('the code', () => {
  const SESSIONS = /\bpg_(try_)?advisory_(lock|unlock)\b|\bcreate\s+temp|\bdeclare\s+\w+\s+cursor\b|\bwith\s+hold\b|['"`]\s*(listen|unlisten|discard\s+all|set\s+(?!local\b)\w+\s*(=|to\b))/i;
  const sources = (path: string): string[] => readdirSync(join(ROOT, path), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts')).map((file) => join(path, file));

  it.each([...SERVICES.map((service) => `apps/${service}/src`), 'libs/messaging/src', 'libs/platform/src'])('of %s keeps nothing in a session', (folder) => {
    expect(sources(folder).filter((file) => SESSIONS.test(read(file)))).toEqual([]);
  });

  it.each([
    "query('select pg_advisory_lock(1)')", 'query(`create temporary table seen (id bigint)`)', "query('listen leads')", "query('set search_path = intake')",
  ])('would be caught at %s', (line) => {
    expect(line).toMatch(SESSIONS);
  });
});

describe('every lib', () => {
  it.each(folders('libs'))('%s is built', (lib) => {
    expect(read('tsconfig.json')).toContain(`"libs/${lib}"`);
  });
});

/** In the order in which a stranger reads them nothing is needed that comes later. */
describe('the rooms of libs/messaging', () => {
  const SOURCES = 'libs/messaging/src';
  const rooms = [...read('libs/messaging/README.md').matchAll(/^\| `([a-z]+)\/`/gm)].map(([, room]) => room!);

  it('are all in its README', () => expect([...rooms].sort()).toEqual(folders(SOURCES).sort()));

  it.each(rooms)('%s imports only rooms that stand above it there', (room) => {
    const files = readdirSync(join(ROOT, SOURCES, room)).filter((file) => !file.endsWith('.spec.ts'));
    const imported = files.flatMap((file) => [...read(`${SOURCES}/${room}/${file}`).matchAll(/ from '\.\.\/([^/']+)/g)].map(([, other]) => other!));
    expect(imported.filter((other) => !rooms.slice(0, rooms.indexOf(room)).includes(other))).toEqual([]);
  });
});

describe('the documents', () => {
  const operations = readdirSync(join(ROOT, 'docs/operations')).map((page) => `docs/operations/${page}`);
  const documents = ['README.md', 'CONTRIBUTING.md', 'docs/adr/README.md', ...operations, ...SERVICES.map((service) => `apps/${service}/README.md`)];
  it.each(documents)('%s links to what is there', (document) => {
    const folder = join(ROOT, document, '..');
    const links = [...read(document).matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)].map(([, target]) => target);
    expect(links.filter((target) => !existsSync(join(folder, target)))).toEqual([]);
  });
});
