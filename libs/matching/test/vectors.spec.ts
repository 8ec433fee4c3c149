import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { KINDS } from '../src';
import { areNicknames } from '../src/nicknames';

/** Lists of others, to hold ours against; they are no part of the project, and may lie beside it or above. */
const FORMS = 'company_legal_suffixes/rigour_org_types.yml';
const NICKNAMES = 'nicknames/names.csv';

/** Where a list is; null when it isn't there. */
function locate(list: string, above = __dirname): string | null {
  const file = join(above, 'shared/data/vectors', list);
  if (existsSync(file)) return file;
  return dirname(above) === above ? null : locate(list, dirname(above));
}

/** Is skipped, and says so in its name, when the list isn't there. */
function testWith(list: string, name: string, run: (content: string) => void): void {
  const file = locate(list);
  if (file) test(name, () => run(readFileSync(file, 'utf8')));
  else test.skip(`${name} (shared/data/vectors/${list} is not there)`, () => undefined);
}

const share = <Item>(all: readonly Item[], holds: (item: Item) => boolean): number => all.filter(holds).length / all.length;

testWith(FORMS, 'of the legal forms of the world in Latin letters, with all their misspellings, three fifths are recognised', (content) => {
  const { types } = parse(content) as { types: { display?: string; aliases?: string[] }[] };
  const forms = [...new Set(types.flatMap(({ display = [], aliases = [] }) => [display, aliases].flat()))];
  const latin = forms.filter((form) => /^[\p{Script=Latin}\p{P}\p{S}\s\d]*$/u.test(form));
  const isRecognised = (form: string): boolean => KINDS.company!.normalise(`Zzqx ${form}`) === 'zzqx';
  expect(share(latin, isRecognised)).toBeGreaterThan(0.6);
});

testWith(NICKNAMES, 'a fifth of the American nicknames that genealogists know is ours', (content) => {
  const pairs = content.trim().split(/\r?\n/).slice(1).map((line) => line.split(','));
  expect(share(pairs, ([name, , nickname]) => areNicknames(name!, nickname!))).toBeGreaterThan(0.2);
});
