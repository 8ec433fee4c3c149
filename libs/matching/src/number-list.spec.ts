import { PairList } from './number-list';

test('pairs are held in their order, however many there are', () => {
  const pairs = new PairList();
  for (let i = 0; i < 5_000; i += 1) pairs.push(i, 4_294_967_295 - i);
  expect(pairs.length).toBe(5_000);
  expect([pairs.at(0), pairs.at(4_711)]).toEqual([[0, 4_294_967_295], [4_711, 4_294_962_584]]);
});
