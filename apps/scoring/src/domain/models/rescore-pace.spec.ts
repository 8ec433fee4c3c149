import { restAfter, restsWithin } from './rescore-pace';

test('a re-score rests as long as its chunk took, twice as long where all was changed, and for a quarter of a second at most', () => {
  expect([restAfter(15, 0), restAfter(15, 0.5), restAfter(15, 1), restAfter(400, 0)]).toEqual([15, 22.5, 30, 250]);
});

test('a transaction sleeps no rest that ends later than a fifth of a second after its beginning', () => {
  expect([restsWithin(0, 0), restsWithin(185, 15), restsWithin(186, 15), restsWithin(10, 250), restsWithin(201, 0)]).toEqual([true, true, false, false, false]);
});
