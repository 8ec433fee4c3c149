import { readCountry } from './read-country';

it.each([
  ['US', 'US'], ['de', 'DE'], ['USA', 'US'], ['DEU', 'DE'], ['United Kingdom', 'GB'], ['UK', 'GB'], ['Deutschland', 'DE'], ['Allemagne', 'DE'], ['España', 'ES'],
  ['espana', 'ES'], ['Nederland', 'NL'], ['Czech Republic', 'CZ'], [' Österreich ', 'AT'], ['Polska', 'PL'], ['Brasil', 'BR'],
])('%s is %s', (text, code) => {
  expect(readCountry(text)).toBe(code);
});

it.each(['', 'XX', 'Atlantis', 'Berlin'])('"%s" is none', (text) => {
  expect(readCountry(text)).toBeNull();
});
