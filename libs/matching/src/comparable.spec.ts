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
