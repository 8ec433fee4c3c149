import type { Database } from '@headwater/platform';
import { WordFrequencies } from './word-frequencies';

afterEach(() => jest.useRealTimers());

it('what PostgreSQL counts after a restore is known soon, and then not asked for again for a while', async () => {
  jest.useFakeTimers();
  let counted: { word: string; share: number }[] = [];
  const database = { query: () => Promise.resolve(counted) } as unknown as Database;
  const frequencies = new WordFrequencies();
  expect(await frequencies.ofNumbers(database, ['#4940'])).toBeNull();
  counted = [{ word: '#4940', share: 0.5 }, { word: '=demo', share: 1 }, { word: 'gmbh', share: 0.2 }];
  jest.advanceTimersByTime(6_000);
  expect(await frequencies.ofNumbers(database, ['#4940', '#0111', '=demo'])).toEqual([0.5, 0, 1]);
  counted = [];
  jest.advanceTimersByTime(60_000);
  expect(await frequencies.of(database, ['gm'])).toEqual([0.2]);
});
