import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SERVICES } from '../libs/contracts/src';

const ROOT = join(__dirname, '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const FOLDERS = ['libs/messaging/src/migrations', ...SERVICES.map((service) => `apps/${service}/src/store/migrations`)];
const present = FOLDERS.flatMap((folder) => readdirSync(join(ROOT, folder))
  .filter((file) => file.endsWith('.ts') && file !== 'index.ts').map((file) => `${folder}/${file}`));
const released = new Map(read('deploy/released-migrations.sha256').trim().split('\n').map((line) => {
  const [hash, path] = line.split(/ +/);
  return [path!, hash!] as const;
}));

/** What takes something away from the build before, which still runs on the schema. */
const CONTRACTS = new RegExp([
  /\bdrop\s+(?!index|not\s+null|constraint\s+\w+_(check\d*|fkey)\b)/, /\brename\b/, /\bset\s+not\s+null\b/, /\bset\s+data\s+type\b/, /\balter\s+(column\s+)?\w+\s+type\b/,
  /\badd\s+(column\s+)?\w+\s+[^,;]*\bnot\s+null\b(?![^,;]*\bdefault\b)/,
].map(({ source }) => source).join('|'), 'i');
/** In a comment of the SQL, with the class of the migration that made it unneeded, in a release before. */
const CONTRACT_OF = /-- contract of (\w+)/;

const upOf = (source: string): string => source.slice(0, source.search(/\basync down\b/));

/** What is wrong with a migration that isn't released; undefined when nothing is. */
function complaint(source: string, releasedNames: readonly string[]): string | undefined {
  const up = upOf(source);
  const [taken] = CONTRACTS.exec(up) ?? [];
  if (!taken) return undefined;
  const [, expanded] = CONTRACT_OF.exec(up) ?? [];
  if (!expanded) return `"${taken}" breaks the build that still runs: expand first, and say "-- contract of <Migration>" a release later`;
  return releasedNames.includes(expanded) ? undefined : `${expanded} is not released yet: the build before still needs what it replaces`;
}

const namesIn = (paths: Iterable<string>): string[] => [...paths].flatMap((path) => [...read(path).matchAll(/class (\w+)/g)].map(([, name]) => name!));

describe('migrations', () => {
  it.each([...released])('%s is as it was released', (path, hash) => {
    expect(createHash('sha256').update(read(path)).digest('hex')).toBe(hash);
  });

  it('that are new only expand, or contract what an earlier release has expanded', () => {
    const names = namesIn(released.keys());
    const complaints = present.filter((path) => !released.has(path)).map((path) => [path, complaint(read(path), names)]);
    expect(complaints.filter(([, why]) => why)).toEqual([]);
  });

  it.each([
    ['alter table lead drop column notes', /expand first/],
    ['alter table lead rename column notes to remarks', /expand first/],
    ['alter table lead alter column notes set not null', /expand first/],
    ['alter table lead alter notes type jsonb', /expand first/],
    ['alter table lead add column kind text not null', /expand first/],
    ['-- contract of AddRemarks1\nalter table lead drop column notes', undefined],
    ['-- contract of AddLater2\nalter table lead drop column notes', /not released yet/],
    ['alter table lead add column kind text not null default \'person\'', undefined],
    ['create table remark (id bigint not null); create index on remark (id); drop index lead_by_update', undefined],
    ['alter table lead alter column notes drop not null', undefined],
    ['alter table lead drop constraint lead_check1', undefined],
    ['alter table lead drop constraint lead_owner_id_fkey', undefined],
    ['alter table lead drop constraint lead_pkey', /expand first/],
  ])('finds in "%s" %s', (sql, why) => {
    const found = complaint(`class X { async up() { \`${sql}\` } async down() { drop table x } }`, ['AddRemarks1']);
    if (why) expect(found).toMatch(why);
    else expect(found).toBeUndefined();
  });
});
