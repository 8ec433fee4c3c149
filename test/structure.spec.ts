import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SERVICES } from '../libs/contracts/src';

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

describe('every lib', () => {
  it.each(folders('libs'))('%s is built', (lib) => {
    expect(read('tsconfig.json')).toContain(`"libs/${lib}"`);
  });
});

describe('the documents', () => {
  const documents = ['README.md', 'CONTRIBUTING.md', 'docs/adr/README.md', ...SERVICES.map((service) => `apps/${service}/README.md`)];
  it.each(documents)('%s links to what is there', (document) => {
    const folder = join(ROOT, document, '..');
    const links = [...read(document).matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)].map(([, target]) => target);
    expect(links.filter((target) => !existsSync(join(folder, target)))).toEqual([]);
  });
});
