import { readOptions } from './options';

test('has defaults', () => {
  expect(readOptions([])).toEqual({
    suite: 'pipeline', rounds: 5, leads: 1_000_000, rows: 200_000, customers: 100_000, searchCustomers: 1_000_000, seconds: 3, parts: ['intake', 'pipeline'],
    json: undefined, load: undefined, keep: false, help: false,
  });
});

test('takes everything', () => {
  const argv = ['growth', '--rounds', '1', '--seconds', '2', '--only', 'intake', '--leads', '20000', '--rows', '2000', '--json', 'x.json',
    '--customers', '5000', '--search-customers', '6000', '--load', 'node', '--keep'];
  expect(readOptions(argv)).toEqual({
    suite: 'growth', rounds: 1, leads: 20_000, rows: 2_000, customers: 5_000, searchCustomers: 6_000, seconds: 2, parts: ['intake'], json: 'x.json', load: 'node', keep: true, help: false,
  });
});

test('has fewer rounds for the suite growth', () => {
  expect(readOptions(['growth']).rounds).toBe(3);
});

test('shares out fewer leads in the suite routing', () => {
  expect(readOptions(['routing'])).toMatchObject({ suite: 'routing', leads: 100_000, rounds: 1 });
});

test.each([
  [['import'], 'The suite takes pipeline or growth or intake or routing or conversion or scoring or qualification, not import'],
  [['growth', 'pipeline'], 'There is one suite at a time, not growth and pipeline'],
  [['--rounds', '0'], '--rounds takes a whole number from 1, not 0'],
  [['--seconds', ''], '--seconds takes a whole number from 1, not nothing'],
  [['--rows', '100'], '--rows takes a whole number from 2000, not 100'],
  [['--leads', '100'], '--leads takes a whole number from 10000, not 100'],
  [['--only', 'growth'], '--only takes intake or pipeline, not growth'],
  [['--load', 'ab'], '--load takes wrk or node, not ab'],
  [['--round', '1'], "Unknown option '--round'; npm run bench -- --help lists what there is"],
])('refuses %j in one sentence', (argv, sentence) => {
  expect(() => readOptions(argv)).toThrow(sentence);
});
