import { setImmediate as turn } from 'node:timers/promises';
import { Turns } from './turns';

it('lets two work at a time, in the order in which they came, also after one failed', async () => {
  const turns = new Turns(2);
  const begun: number[] = [];
  const ends: ((error?: Error) => void)[] = [];
  const all = [0, 1, 2, 3].map((i) => turns.take(() => {
    begun.push(i);
    return new Promise<number>((resolve, reject) => { ends[i] = (error) => (error ? reject(error) : resolve(i)); });
  }));
  const results = Promise.allSettled(all);
  await turn();
  expect(begun).toEqual([0, 1]);
  ends[1](new Error('gone'));
  await turn();
  expect(begun).toEqual([0, 1, 2]);
  ends[0]();
  ends[2]();
  await turn();
  ends[3]();
  expect((await results).map((result) => (result.status === 'fulfilled' ? result.value : (result.reason as Error).message))).toEqual([0, 'gone', 2, 3]);
  expect(await turns.take(() => Promise.resolve('free again'))).toBe('free again');
});
