import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { Terminal } from '../launcher/terminal';
import { evaluate, type Evaluation } from './evaluate';
import { readOptions } from './options';
import { documentOf, linesOf, writeDocument } from './report';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'headwater-dedupe-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NAMES = 'Zylbersztejn Okonkwo Papadopoulos Hernandez Sommerfeld Yamaguchi Lindqvist Abernathy Castellano Dubrovsky'.split(' ');

/** Each person twice, with a slip in the name; in truth the last two pairs are of different people. */
const ROWS = NAMES.flatMap((name, i) => [
  [`a${i}`, `Given${i}`, name, `${name}@example.com`, `${i}`],
  [`b${i}`, `Given${i}`, name.replace('o', '0'), `${name}@example.com`, i < 8 ? `${i}` : `other${i}`],
]);

const terminal = new Terminal(new PassThrough());

async function run(...argv: string[]): Promise<Evaluation> {
  const file = join(folder, 'leads.csv');
  writeFileSync(file, ['id,given,family,mail,who', ...ROWS.map((row) => row.join(','))].join('\n'));
  const options = readOptions(['--file', file, '--map', 'given=first_name,family=last_name,mail=email', ...argv]);
  return evaluate(options, terminal, new AbortController().signal);
}

test('counts what was found, what was wrong, and what was missed', async () => {
  const evaluation = await run('--truth', 'who');
  expect(evaluation).toMatchObject({
    rows: 20, truePairs: 8, allPairs: 190, blockedRecall: 1, learnt: undefined,
    withDefaults: { same: { tp: 8, fp: 2, fn: 0, recall: 1, precision: 0.8 }, reviewsPerTruePair: 0 },
  });
  expect(evaluation.comparedPairs).toBeLessThan(190);
});

test('of two files, only pairs across them', async () => {
  const file = join(folder, 'leads.csv');
  expect(await run('--truth', 'who', '--file2', file)).toMatchObject({ rows: 40, allPairs: 400, truePairs: 8 * 4 + 4 });
});

test('of two files that call their columns otherwise, too', async () => {
  const [shops, places, gold] = ['shops.csv', 'places.csv', 'gold.csv'].map((name) => join(folder, name));
  writeFileSync(shops!, 'nr,title\n1,Zylbersztejn Tools\n2,Okonkwo Bakery');
  writeFileSync(places!, 'key;name\n1;Okonkwo Bakery Ltd\n7;Lindqvist');
  writeFileSync(gold!, 'left,right\n2,1');
  const options = readOptions(['--file', shops!, '--file2', places!, '--map', 'title=company_name,name=company_name', '--pairs', gold!]);
  expect(await evaluate(options, terminal, new AbortController().signal)).toMatchObject({ truePairs: 1, withDefaults: { same: { tp: 1, fp: 0 } } });
});

test('pairs with labels are judged alone', async () => {
  const list = join(folder, 'pairs.csv');
  writeFileSync(list, 'left,right,label\na0,b0,1\na1,b2,0\n');
  expect(await run('--pairs', list)).toMatchObject({ truePairs: 1, withDefaults: { same: { tp: 1, fp: 0, fn: 0 } } });
});

test('what is written has the result of the weights that were asked for, and the default ones\' beside it', async () => {
  const some: number = expect.any(Number);
  const quality = { precision: some, recall: some, f1: some, tp: some, fp: some, fn: some };
  const learnt = documentOf(await run('--truth', 'who', '--learn'));
  expect(learnt).toMatchObject({
    same: quality, review: quality, pairs_compared: expect.any(Number), all_pairs: 190, rows_per_s: expect.any(Number), true_pairs: 8,
    weights: { fields: { email: { kind: 'email', levels: { equal: { m: expect.any(Number), u: 0.0001 } } } } },
    with_default_weights: { same: quality, weights: { fields: { email: { levels: { equal: { m: 0.7 } } } } } },
  });
  expect(documentOf(await run('--truth', 'who'))).not.toHaveProperty('with_default_weights');
});

test('what is printed says it in words', async () => {
  const text = linesOf(await run('--truth', 'who', '--learn'), terminal).join('\n');
  expect(text).toMatch(/default weights\n {2}same +0\.8000 +1\.0000 +0\.8889 +8 +2 +0\n/);
  expect(text).toContain('learnt weights');
  expect(text).toMatch(/compared +\d+ of 190 pairs of 20 rows; in them 100\.00 % of the 8 true pairs/);
});

test('a column that isn\'t there is said', async () => {
  await expect(run('--truth', 'whom')).rejects.toThrow('has no column "whom"; it has id, given, family, mail, who');
  await expect(run('--truth', 'who', '--map', 'town=city')).rejects.toThrow('has no column "town"');
});

test('a document that can\'t be written is told of in a sentence', async () => {
  const evaluation = await run('--truth', 'who');
  const file = join(folder, 'nowhere', 'numbers.json');
  expect(() => writeDocument(file, evaluation)).toThrow(new RegExp(`^${file} can't be written: ENOENT.*`));
  writeDocument(join(folder, 'numbers.json'), evaluation);
  expect(JSON.parse(readFileSync(join(folder, 'numbers.json'), 'utf8'))).toMatchObject({ rows: 20, same: { tp: 8 } });
});
