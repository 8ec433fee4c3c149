import { readOptions } from './options';

const FILE = ['--file', 'leads.csv', '--map', 'surname=last_name'];
const NOTHING = { file2: undefined, id: undefined, header: undefined, learn: false, json: undefined, help: false };
const COLUMNS = [{ column: 'surname', field: 'last_name', kind: undefined }];

test.each([
  [[...FILE, '--truth', 'cluster'], { truth: { column: 'cluster' } }],
  [[...FILE, '--pairs', 'gold.csv', '--id', 'nr', '--file2', 'more.csv.gz'],
    { truth: { pairs: 'gold.csv' }, id: 'nr', file2: 'more.csv.gz' }],
  [[...FILE, '--truth', 'cluster', '--learn', '--json', 'out.json'], { truth: { column: 'cluster' }, learn: true, json: 'out.json' }],
  [[...FILE, '--truth', 'c', '--header', 'a, b,c'], { truth: { column: 'c' }, header: ['a', 'b', 'c'] }],
])('reads %j', (argv, given) => {
  expect(readOptions(argv)).toEqual({ ...NOTHING, file: 'leads.csv', columns: COLUMNS, ...given });
});

test('maps may be several', () => {
  const { columns } = readOptions([...FILE, '--map', 'dob=custom_fields.born:date,town=city', '--truth', 'c']);
  expect(columns.map(({ column, field, kind }) => [column, field, kind])).toEqual([
    ['surname', 'last_name', undefined], ['dob', 'custom_fields.born', 'date'], ['town', 'city', undefined],
  ]);
});

test.each([
  [[], '--file says which file to look into; --help lists what there is'],
  [['--file', 'leads.csv'], '--map says which column is which field, like surname=last_name; --help lists the fields'],
  [FILE, 'Either --truth or --pairs says which records are of one person'],
  [[...FILE, '--truth', 'c', '--pairs', 'gold.csv'], 'Either --truth or --pairs says which records are of one person'],
  [[...FILE, '--truth', ''], '--truth is empty'],
  [['--every'], "Unknown option '--every'; npm run dedupe:evaluate -- --help lists what there is"],
])('refuses %j', (argv, sentence) => {
  expect(() => readOptions(argv)).toThrow(sentence);
});

test('help needs nothing else', () => {
  expect(readOptions(['--help']).help).toBe(true);
});
