import { levelOf } from '../../test/level-of';

test.each([
  ['Head of Sales', 'head-of-sales', 'equal'], ['Head of Sales Europe', 'Sales, head of', 'close'], ['Willarooo', 'Willaroo', 'close'],
  ['Head of Sales', 'Plumber', 'different'], ['…', 'Plumber', null],
])('the texts %s and %s are %s', (a, b, level) => {
  expect(levelOf('text', a, b)).toBe(level);
});
