import { levelOf } from '../../test/level-of';
import { KINDS } from '.';

test.each([
  ['1971-06-24', '24.06.1971', 'equal'], ['19710624', '24 June 1971', 'equal'], ['1971-6-24', '1971-06-24T00:00:00Z', 'equal'],
  ['1971-06-24', '06/24/1971', 'equal'], ['1971-06-04', 'June 4, 1971', 'equal'],
  ['24.6.71', '1971-06-24', 'equal'], ['06/24/71', '1971-06-24', 'equal'], ['71-06-24', '1971-06-24', 'equal'], ['24061971', '1971-06-24', 'equal'], ['19101951', '1951-10-19', 'equal'],
  ['24. Mai 1971', '1971-05-24', 'equal'], ['3 März 1971', '1971-03-03', 'equal'], ['24 juin 1971', '24 giugno 1971', 'equal'], ['1.2.05', '2005-02-01', 'equal'],
  ['1.1.30', '2030-01-01', 'equal'], ['1.1.31', '1931-01-01', 'equal'], ['00-06-24', '2000-06-24', null], ['06041971', '1971-04-06', 'equal'],
  ['mar. 24 juin 1971', '1971-06-24', 'equal'], ['martes, 24.06.1971', '1971-06-24', 'equal'], ['mar 24 1971', '1971-03-24', 'equal'],
  ['1971', '1971', 'equal'], ['1971', '1971-06-24', 'two parts'], ['1971', '1972', 'partly'], ['1971', '1962-06-24', 'different'], ['71', '1971', null],
  ['1971-06-24', '1971-05-24', 'close'], ['1971-06-10', '1971-10-06', 'close'],
  ['1971-06-24', '1982-06-24', 'two parts'], ['1971-06-24', '1971-11-24', 'two parts'], ['1971-06-24', '1971-07-25', 'partly'], ['1971-06-24', '1962-11-03', 'different'], ['unknown', '1971-06-24', null],
])('the dates %s and %s are %s', (a, b, level) => {
  expect(levelOf('date', a, b)).toBe(level);
});

test.each([
  ['Sarah@Example.com ', 'sarah@example.com', 'equal'], ['sarah@example.com', 'sarha@example.com', 'close'],
  ['sarah.johnson@example.com', 'sarah.johnson@mail.test', 'same mailbox name'], ['info@example.com', 'info@mail.test', 'different'],
  ['none', 'sarah@example.com', null],
])('the e-mail addresses %s and %s are %s', (a, b, level) => {
  expect(levelOf('email', a, b)).toBe(level);
});

test.each([
  ['+49 30 1234567', '030 1234567', 'equal'], ['(310) 246-1501', '310/246 1501', 'equal'], ['246-1501', '+1 310 246 1501', 'equal'],
  ['(310) 246-1501 ext. 12', '310.246.1501 x12', 'equal'], ['310-246-1501; 310-246-9999', '3102461501.0', 'equal'],
  ['310 246 1501/02', '310 246 1501', 'equal'], ['0221/4711081 / 0171 7654321', '+49 221 4711081', 'equal'], ['0221/4711081/82', '0221 4711081', 'equal'],
  ['+49 (0)2203/12345', '+49 (0)2203/99887', 'different'], ['+49 33203/12345', '+49 33203/54321', 'different'],
  ['0043 5572/12345', '0043 5572/54321', 'different'], ['0171 123/4567', '0171 123/9876', 'different'], ['0171/123/4567', '0171/123/9876', 'different'],
  ['+49 (0)6221/504-0', '06221 504-0', 'equal'], ['0049 211/123456', '0211 123456', 'equal'], ['+49 33203/1234567', '033203 1234567', 'equal'],
  ['Fax 123456', '123456', 'equal'], ['#123456', '123456', 'equal'],
  ['310 246 1501', '310 246 1502', 'close'], ['310 246 1501', '212 555 0123', 'different'], ['12', '310 246 1501', null],
])('the numbers %s and %s are %s', (a, b, level) => {
  expect(levelOf('phone', a, b)).toBe(level);
});

test.each([
  ['exact', ' Gold ', 'gold', 'equal'], ['exact', 'gold', 'golden', 'different'], ['exact', '', 'gold', null],
  ['code', 'DE 123-456', 'de123456', 'equal'], ['code', 'DE123456', 'DE123465', 'close'], ['code', 'A1', 'A2', 'different'],
  ['number', '1,200', '1200.0', 'equal'], ['number', '1,250,000', '1249000.5', 'close'],
  ['number', '1949', '1944', 'close'], ['number', '1949', '1962', 'different'], ['number', '5', '6', 'different'],
  ['number', '-5', '800', 'different'],
  ['number', 'many', '7', null],
])('as %s, %j and %j are %s', (kind, a, b, level) => {
  expect(levelOf(kind, a, b)).toBe(level);
});

test('a number that is cut to its last digits begins with none that says nothing', () => {
  expect(KINDS.phone!.normalise('00 49 0030 1234567')).toBe('301234567');
});
