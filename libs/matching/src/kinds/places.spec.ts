import { levelOf } from '../../test/level-of';

test.each([
  ['street', '12 North Main Street', '12 N. Main St', 'equal'], ['street', '3 First Avenue', '3 1st Ave.', 'equal'],
  ['street', '435 S. La Cienega Blv.', '435 La Cienaga Boulevard', 'spelt otherwise'],
  ['street', '1024 Main St', '1025 Main St', 'house close'],
  ['street', '12 Main St', '480 Main St', 'same street'], ['street', 'Main St', '12 Main St', 'same street'],
  ['street', 'Lindenweg 12', '12 Lindenweg', 'spelt otherwise'], ['street', 'Hauptstr. 5a', 'Hauptstraße 5a', 'spelt otherwise'],
  ['street', 'Lindenweg 112', 'Lindenweg 113', 'house close'], ['street', 'Main St Apt 4', 'Main Street Apt 4 North', 'same street'],
  ['street', '12 Main St', '12 Oak Ave', 'different'], ['street', '12', '12 Main St', 'different'],
  ['street', 'Postfach 1234', 'Postfach 5678', 'different'], ['street', 'B.P. 1234', 'BP 5678', 'different'],
  ['postal_code', 'SW1A 1AA', 'sw1a1aa', 'equal'], ['postal_code', '60614', '60614-2210', 'equal'],
  ['postal_code', 'D-04103', '4103', 'equal'], ['postal_code', '02139', '2139', 'equal'],
  ['postal_code', 'CH-4103', 'D-04103', 'different'], ['postal_code', 'DE-04103', 'D-4103', 'equal'], ['postal_code', '00000', '0', 'different'],
  ['postal_code', '60614', '60641', 'close'], ['postal_code', '60614', '10001', 'different'],
  ['city', 'Saint Louis', 'St. Louis', 'equal'], ['city', 'New York', 'Newyork', 'equal'], ['city', 'Melborne', 'Melbourne', 'close'],
  ['city', 'Berlin', 'Paris', 'different'], ['region', 'NSW', 'nsw', 'equal'], ['region', 'NSW', 'QLD', 'different'], ['region', 'New South Wales', 'N.S.W.', 'equal'], ['region', 'Québec', 'QC', 'equal'],
])('as %s, %s and %s are %s', (kind, a, b, level) => {
  expect(levelOf(kind, a, b)).toBe(level);
});
