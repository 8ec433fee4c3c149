import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';

/**
 * The fixtures are a small repository of lawful and unlawful files. What each unlawful one turns red stands in it: a line
 * that ESLint must report ends with `// eslint: <rule>`, a file whose import dependency-cruiser must report begins with
 * `// depcruise: <rule>`. Both run with the configuration of the real repository, and must report exactly that.
 */
const ROOT = join(__dirname, '../..');
const FIXTURES = join(__dirname, 'fixtures');
const CONFIGURATION = ['eslint.config.mjs', '.dependency-cruiser.cjs', 'tsconfig.base.json', 'tsconfig.check.json'];

let repository: string;

beforeAll(() => {
  repository = mkdtempSync(join(tmpdir(), 'headwater-boundaries-'));
  cpSync(FIXTURES, repository, { recursive: true });
  for (const file of CONFIGURATION) cpSync(join(ROOT, file), join(repository, file));
  linkPackages();
});

afterAll(() => rmSync(repository, { recursive: true, force: true }));

jest.setTimeout(60_000);

test('ESLint reports every line that it should, and no other', () => {
  expect(reportedByEslint()).toEqual(expected('eslint', (file, line) => `${file}:${line}`));
});

test('dependency-cruiser reports every file that it should, and no other, before and after a build', () => {
  const forbidden = expected('depcruise', (file) => file);
  expect(reportedByDepcruise()).toEqual(forbidden);
  build();
  expect(reportedByDepcruise()).toEqual(forbidden);
});

test('each rule of dependency-cruiser has a fixture', () => {
  const { forbidden } = jest.requireActual<{ forbidden: { name: string }[] }>(join(ROOT, '.dependency-cruiser.cjs'));
  const shown = new Set(expected('depcruise', () => '').map((entry) => entry.trim()));
  expect([...shown].sort()).toEqual(forbidden.map(({ name }) => name).sort());
});

function expected(tool: string, place: (file: string, line: number) => string): string[] {
  return sources().flatMap((file) => readFileSync(join(FIXTURES, file), 'utf8').split('\n').flatMap((line, index) => {
    const [, rules = ''] = new RegExp(`// ${tool}: (.+)$`).exec(line) ?? [];
    return rules.split(', ').filter(Boolean).map((rule) => `${place(file, index + 1)} ${rule}`);
  })).sort();
}

const sources = (): string[] =>
  readdirSync(FIXTURES, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(FIXTURES, join(entry.parentPath, entry.name)));

interface LintResult { filePath: string; messages: { line: number; ruleId: string | null; message: string }[] }

function reportedByEslint(): string[] {
  const { status, stdout } = run('eslint', '.', '--format', 'json');
  expect(status).toBe(1);
  return unique((JSON.parse(stdout) as LintResult[]).flatMap(({ filePath, messages }) =>
    messages.map(({ line, ruleId, message }) => `${relative(repository, filePath)}:${line} ${ruleId ?? unnamed(message)}`)));
}

const unnamed = (message: string): string => (message.includes('noInlineConfig') ? 'inline-config' : message);

interface CruiseResult { summary: { violations: { from: string; rule: { name: string; severity: string } }[] } }

function reportedByDepcruise(): string[] {
  const { stdout } = run('depcruise', ...'apps libs tools --config .dependency-cruiser.cjs --output-type json'.split(' '));
  const { summary } = JSON.parse(stdout) as CruiseResult;
  expect(summary.violations.filter(({ rule }) => rule.severity !== 'error')).toEqual([]);
  return unique(summary.violations.map(({ from, rule }) => `${from} ${rule.name}`));
}

const run = (tool: string, ...args: string[]) =>
  spawnSync(join(ROOT, 'node_modules/.bin', tool), args, { cwd: repository, encoding: 'utf8', maxBuffer: 2 ** 26 });

const unique = (entries: string[]): string[] => [...new Set(entries)].sort();

/** The packages of the real repository, and the fixtures' own as npm links workspaces. */
function linkPackages(): void {
  const scope = join(repository, 'node_modules/@headwater');
  mkdirSync(scope, { recursive: true });
  for (const name of readdirSync(join(ROOT, 'node_modules'))) {
    if (name !== '@headwater') symlinkSync(join(ROOT, 'node_modules', name), join(repository, 'node_modules', name));
  }
  for (const folder of packages()) {
    writeFileSync(join(repository, folder, 'package.json'), JSON.stringify({ main: 'dist/index.js' }));
    symlinkSync(join(repository, folder), join(scope, basename(folder)));
  }
}

/** As far as resolving an import needs it. */
function build(): void {
  for (const folder of packages()) {
    mkdirSync(join(repository, folder, 'dist'));
    for (const file of readdirSync(join(repository, folder, 'src'))) {
      writeFileSync(join(repository, folder, 'dist', file.replace(/ts$/, 'js')), '');
    }
  }
}

const packages = (): string[] =>
  ['apps', 'libs'].flatMap((group) => readdirSync(join(FIXTURES, group)).map((name) => join(group, name)));
