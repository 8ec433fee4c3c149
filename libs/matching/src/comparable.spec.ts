import { comparableOf } from './comparable';
import { DEFAULT_MODEL } from './model';

test('values are normalised by their kinds; what is empty, or no field of the model, is left out', () => {
  expect(comparableOf({ first_name: ' Zoë ', last_name: null, email: 'none', city: 'Saint-Denis', job_title: 'CEO' }, DEFAULT_MODEL))
    .toEqual({ first_name: 'zoe', city: 'st denis' });
});

test.each([
  ['Ann Mary Ito', { first_name: 'ann mary', last_name: 'ito' }],
  ['Ito, Ann Mary', { first_name: 'ann mary', last_name: 'ito' }],
  [' Ito ', { last_name: 'ito' }],
  ['Dr. Ann van der Ito', { first_name: 'ann', last_name: 'van der ito' }],
  ['ANN VAN DER ITO JR.', { first_name: 'ann', last_name: 'van der ito' }],
  ['ann e ito iii', { first_name: 'ann e', last_name: 'ito' }],
  ['Ann Ito, Jr.', { first_name: 'ann', last_name: 'ito' }],
  ['Ann Ito, DO', { first_name: 'ann', last_name: 'ito' }],
  ['Ann Ito, PA-C, R.N.', { first_name: 'ann', last_name: 'ito' }],
  ['Ito, Do', { first_name: 'do', last_name: 'ito' }],
  ['Ann Ito, 1st Baron Ito of Kyoto', { first_name: 'ann', last_name: 'ito' }],
  ['Ito, Ann, Mary', { first_name: 'ann', last_name: 'ito' }],
  ['erik ter horst', { first_name: 'erik', last_name: 'ter horst' }],
  ['maria la rosa', { first_name: 'maria', last_name: 'la rosa' }],
  ["kees 't hooft", { first_name: 'kees', last_name: 't hooft' }],
  ['mia zum felde', { first_name: 'mia', last_name: 'zum felde' }],
  ['anna den boer', { first_name: 'anna', last_name: 'den boer' }],
  ['jan op de beek', { first_name: 'jan', last_name: 'op de beek' }],
  ['ali ben salah', { first_name: 'ali', last_name: 'ben salah' }],
  ['Anna Den Boer', { first_name: 'anna', last_name: 'den boer' }],
  ['John Ben Smith', { first_name: 'john ben', last_name: 'smith' }],
  ['JOHN BEN SMITH', { first_name: 'john ben', last_name: 'smith' }],
])('a full name is split: %s', (full_name, parts) => {
  expect(comparableOf({ full_name }, DEFAULT_MODEL)).toEqual(parts);
});

test('a full name beside its parts says nothing more', () => {
  expect(comparableOf({ full_name: 'Dr. Ann Ito', last_name: 'Ito' }, DEFAULT_MODEL)).toEqual({ last_name: 'ito' });
});

test('what only fills a field is not compared', () => {
  expect(comparableOf({ first_name: 'Unknown', last_name: 'Ito', street: ' n/a ', city: 'Not available' }, DEFAULT_MODEL)).toEqual({ last_name: 'ito' });
});

test.each<[Record<string, string>, object]>([
  [{ full_name: 'Not available' }, {}],
  [{ full_name: 'n/a n/a' }, {}],
  [{ first_name: 'Not', last_name: 'available', full_name: 'Not available' }, {}],
  [{ first_name: 'n/a', last_name: 'n/a', full_name: 'n/a n/a' }, {}],
  [{ first_name: 'n/a', full_name: 'Ann Ito' }, { first_name: 'ann', last_name: 'ito' }],
  [{ first_name: 'Not', last_name: 'known', full_name: 'Ann Ito' }, { first_name: 'ann', last_name: 'ito' }],
  [{ first_name: 'Unknown', last_name: 'Ito', full_name: 'Unknown Ito' }, { last_name: 'ito' }],
])('nor is it a name, whole or in parts, and what the full name says counts: %j', (values, name) => {
  expect(comparableOf(values, DEFAULT_MODEL)).toEqual(name);
});
