import { goesOn, restAfter } from './rescore-pace';

test('a re-score rests as long as its chunk took, twice as long where all was changed, and for a quarter of a second at most', () => {
  expect([restAfter(15, 0), restAfter(15, 0.5), restAfter(15, 1), restAfter(400, 0)]).toEqual([15, 22.5, 30, 250]);
});

test.each([
  ['at its beginning', {}, true],
  ['while its rest ends within a fifth of a second', { elapsedMs: 185, restMs: 15 }, true],
  ['not where its rest ends later', { elapsedMs: 186, restMs: 15 }, false],
  ['not for a rest that is longer than all that it has', { restMs: 250 }, false],
  ['not when it has lasted long enough', { elapsedMs: 201 }, false],
  ['not while somebody live is there', { isBusyLive: true }, false],
  ['not when the process ends', { isEnded: true }, false],
])('a transaction goes on %s', (_, moment, expected) => {
  expect(goesOn({ elapsedMs: 0, restMs: 0, isBusyLive: false, isEnded: false, ...moment })).toBe(expected);
});
