import { levelOf } from '../../test/level-of';

test.each([
  ['José', 'JOSE', 'equal'], ['Mary Ann', 'Maryann', 'equal'], ['Юлия', 'Yuliya', 'equal'],
  ['Bob', 'Robert', 'nickname'], ['Kate', 'Katharina', 'nickname'],
  ['Stephn', 'Stephen', 'close'], ['Anna Maria', 'Maria', 'close'], ['Jon', 'Jan', 'close'],
  ['Darcy Jake', 'Darcy J.', 'close'], ['Bob James', 'Robert J', 'close'], ['Max James', 'Max Leon', 'similar'], ['Ann Jo', 'Max Leon', 'different'],
  ['R.', 'Robert', 'initial'], ['Cassandra', 'Kassandre', 'similar'], ['Robert', 'Alice', 'different'], ['Al', 'Li', 'different'],
  ['- -', 'Anna', null],
])('the given names %s and %s are %s', (a, b, level) => {
  expect(levelOf('given_name', a, b)).toBe(level);
});

test.each([
  ["O'Brien", 'OBRIEN', 'equal'], ['Müller', 'Muller', 'equal'], ['de la Cruz', 'Delacruz', 'equal'],
  ['Johnson', 'Jonson', 'close'], ['Smith Jones', 'Jones', 'close'], ['Hernandez', 'Fernandes', 'similar'], ['J', 'Johnson', 'similar'],
  ['Smith', 'Garcia', 'different'],
])('the family names %s and %s are %s', (a, b, level) => {
  expect(levelOf('family_name', a, b)).toBe(level);
});
