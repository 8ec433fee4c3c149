import { difference, instantOf, isMissing, isSame } from './compare';

test.each([[undefined], [null], [''], [' \t'], [[]]])('%j is missing', (fact) => expect(isMissing(fact)).toBe(true));

test.each([[0], [false], ['x'], [[null]], [{}]])('%j is not missing', (fact) => expect(isMissing(fact)).toBe(false));

test.each([
  ['2026-01-31', '2026-01-31T00:00Z'],
  ['2026-01-31T09:30:00+02:00', '2026-01-31T07:30:00Z'],
])('%s is %s', (one, other) => {
  expect(instantOf(one)).toBe(instantOf(other));
});

test.each([
  '2026-02-30', '2026-13-01', '2026-1-1', '2026-01-31T24:00:00Z', '2026-01-31T09:30:00', 'yesterday', '',
])('%j is no date', (text) => {
  expect(instantOf(text)).toBeNaN();
});

test('a day is compared as a whole day, UTC', () => {
  expect(difference('2026-01-31T23:59:59Z', '2026-01-31')).toBe(0);
  expect(difference('2026-01-31T23:59:59-01:00', '2026-01-31')).toBe(1);
  expect(difference('2026-01-30T23:59:59Z', '2026-01-31')).toBe(-1);
});

test('an instant is compared as an instant', () => {
  expect(difference('2026-01-31', '2026-01-31T00:00:01Z')).toBe(-1000);
});

test.each([['500', 500], [500, '500'], ['a', 'b'], [true, false], [null, 0], [[1], 1]])(
  '%j and %j have no order', (fact, value) => expect(difference(fact, value)).toBeNaN(),
);

test.each([
  ['de', 'DE'], ['STRASSE', 'strasse'], ['caf\u00e9', 'CAFE\u0301'], ['2026-01-31T09:30:00Z', '2026-01-31'], [1, 1.0], [true, true],
])('%j is the same as %j', (fact, value) => expect(isSame(fact, value)).toBe(true));

test.each([['café', 'cafe'], ['1', 1], ['true', true], [null, 'null'], [['DE'], 'DE']])(
  '%j is not the same as %j', (fact, value) => expect(isSame(fact, value)).toBe(false),
);
