import { readCountry } from './read-country';

it.each([
  ['US', 'US'], ['de', 'DE'], ['USA', 'US'], ['DEU', 'DE'], ['United Kingdom', 'GB'], ['UK', 'GB'], ['Deutschland', 'DE'], ['Allemagne', 'DE'], ['España', 'ES'],
  ['espana', 'ES'], ['Nederland', 'NL'], ['Czech Republic', 'CZ'], [' Österreich ', 'AT'], ['Polska', 'PL'], ['Brasil', 'BR'],
  ['U.S.A.', 'US'], ['Ελλάδα', 'GR'], ['Россия', 'RU'], ['日本', 'JP'], ['Côte d’Ivoire', 'CI'], ['The Netherlands', 'NL'], ['Česko', 'CZ'], ['مصر', 'EG'],
])('%s is %s', (text, code) => {
  expect(readCountry(text)).toBe(code);
});

it.each(['', 'XX', 'Atlantis', 'Berlin', 'Congo'])('"%s" is none', (text) => {
  expect(readCountry(text)).toBeNull();
});
