import { readNumber } from './read-number';

it.each([
  ['250', 250], ['12,000,000', 12_000_000], ['1.234,56 €', 1234.56], ['1,234.56', 1234.56], ["CHF 12'500.-", 12_500], ['$1.2M', 1_200_000],
  ['3,5 Mio', 3_500_000], ['12 k', 12_000], ['1.000', 1_000], ['0.5', 0.5], ['2,75', 2.75], ['75 %', 75], ['1 250 000,00', 1_250_000], ['5 Mrd.', 5e9],
])('%s is %d', (text, value) => {
  expect(readNumber(text)).toEqual({ value, isRange: false });
});

it.each([['51-200', 51], ['1,000+ employees', 1_000], ['10 to 50', 10], ['11 – 50', 11]])('%s is a range from %d', (text, value) => {
  expect(readNumber(text)).toEqual({ value, isRange: true });
});

it.each(['', 'many', '-5', '−3', 'n/a'])('"%s" is none', (text) => {
  expect(readNumber(text)).toBeNull();
});
