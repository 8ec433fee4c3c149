import { readOptions } from './options';

test('has defaults', () => {
  expect(readOptions([])).toEqual({
    leads: 5_000, seed: 1, outage: 30, json: undefined, loseBroker: false, sabotage: undefined, keep: false, help: false,
  });
});

test('takes everything', () => {
  const argv = ['--leads', '20000', '--seed', '7', '--json', 'x.json', '--outage', '5', '--lose-broker', '--sabotage', 'ack-first', '--keep'];
  expect(readOptions(argv)).toEqual({
    leads: 20_000, seed: 7, outage: 5, json: 'x.json', loseBroker: true, sabotage: 'ack-first', keep: true, help: false,
  });
});

test.each([
  [['--leads', 'many'], '--leads takes a whole number from 200, not many'],
  [['--leads', '300', '--lose-broker'], '--leads takes a whole number from 400, not 300'],
  [['--outage', '0'], '--outage takes a whole number from 1, not 0'],
  [['--seed', ''], '--seed takes a whole number from 0, not nothing'],
  [['--sabotage', 'no-tests'], '--sabotage takes no-inbox, no-outbox, ack-first, no-spool, not no-tests'],
  [['--leed', '300'], "Unknown option '--leed'; npm run chaos -- --help lists what there is"],
])('refuses %j in one sentence', (argv, sentence) => {
  expect(() => readOptions(argv)).toThrow(sentence);
});
