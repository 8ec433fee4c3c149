import { differences, kibIn, readTimes } from './processes';

test('reads times behind a name with spaces and parentheses', () => {
  const stat = '4711 (a (bad) name) S 1 4711 4711 0 -1 4194304 100 200 0 0 250 50 1000 500 20 0 1 0 99 1 1';
  expect(readTimes(stat)).toEqual({ own: 3, ended: 15 });
});

test('reads a size by its whole name', () => {
  expect(kibIn('Rss:   900 kB\nPss:              120 kB\nPss_Anon:  7 kB\n', 'Pss')).toBe(120);
  expect(kibIn('VmRSS:\t   88 kB\n', 'Pss')).toBeNaN();
});

test('subtracts process by process', () => {
  expect(differences({ nats: 5, intake: 3 }, { nats: 4, intake: 1 })).toEqual({ nats: 1, intake: 2 });
});
