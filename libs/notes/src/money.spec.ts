import { moneyIn } from './money';

const amounts = (text: string, bare = false) => moneyIn(text, bare).map(({ amount, currency }) => `${amount} ${currency}`);

it.each([
  ['$75K', '75000 USD'], ['75k', '75000 null'], ['€45.000', '45000 EUR'], ['80.000 Euro', '80000 EUR'], ["CHF 150'000", '150000 CHF'], ['£1.2m',
  '1200000 GBP'], ['25 Tsd. €', '25000 EUR'],
  ['1,5 Mio. EUR', '1500000 EUR'], ['40 k€', '40000 EUR'], ['US$ 250,000.00', '250000 USD'], ['2 million dollars', '2000000 USD'], ['50 000 €',
  '50000 EUR'], ['80k€', '80000 EUR'],
])('%s is %s', (text, amount) => {
  expect(amounts(`They have ${text}, at most.`)).toEqual([amount]);
});

it.each([['$50-75K', '75000 USD'], ['$50k to $75k', '75000 USD'], ['between 20k and 30k', '30000 null'], ['60–80 000 €',
'80000 EUR'], ['zwischen 20.000 und 30.000 Euro', '30000 EUR']])(
  'of the range %s the upper end counts', (text, amount) => {
    expect(amounts(text)).toEqual([amount]);
  });

it.each(['+1 415 555 0123', '415-555-0199', '20 hours a week', '250 users', '90 days', '35 %', 'since 2019', 'Q1 2026', '5 departments',
'10k users', '10k or 20k users'])('%s is no money', (text) => {
  expect(amounts(text)).toEqual([]);
});

it('takes a plain number only where a budget is being told, and no year', () => {
  expect(amounts('Budget is 75,000')).toEqual([]);
  expect(amounts('Budget is 75,000 for 2026', true)).toEqual(['75000 null']);
});

it.each([
  ['fifty thousand dollars', '50000 USD'], ['twenty-five grand', '25000 null'], ['half a million euros', '500000 EUR'], ['zwanzigtausend Franken', '20000 CHF'],
  ['cinquante mille euros', '50000 EUR'], ['300 mil pesos mexicanos', '300000 MXN'], ['2.5 million yen', '2500000 JPY'], ['150 000 kr', '150000 null'],
  ['40 000 dollars canadiens', '40000 CAD'], ['180k€', '180000 EUR'], ['20 or 30k', '30000 null'],
])('%s is %s', (text, amount) => {
  expect(amounts(text, true)).toEqual([amount]);
});

it.each(['eleven people', 'a hundred users', 'one of the three', '50k invoices'])('%s is no money, either', (text) => {
  expect(amounts(text, true)).toEqual([]);
});

it.each([
  ['two hundred fifty thousand dollars', '250000 USD'], ['two hundred and fifty thousand', '250000 null'], ['a hundred and twenty-five grand', '125000 null'],
  ['zweihundertfünfzigtausend Euro', '250000 EUR'], ['fünfunddreißigtausend', '35000 null'], ['treinta y cinco mil euros', '35000 EUR'],
  ['ciento veinticinco mil', '125000 null'], ['quatre-vingt mille', '80000 null'], ['quatre-vingt-dix mille', '90000 null'],
  ['quatre vingt dix-sept mille', '97000 null'], ['soixante et onze mille', '71000 null'], ['deux cent cinquante mille', '250000 null'],
  ['between twenty and thirty thousand', '30000 null'],
])('%s, all of its words, is %s', (text, amount) => {
  expect(amounts(text)).toEqual([amount]);
});

it.each(['fifty sixty thousand', 'two and half a million', '2 hundred thousand'])('of %s it takes no part', (text) => {
  expect(amounts(text)).toEqual([]);
});

it.each([
  ['50k or 3 instalments', '50000 null'], ['40k or 5 users', '40000 null'], ['40k or 12 months', '40000 null'], ['2k o 12 meses', '2000 null'],
  ['40k and 5 users', '40000 null'], ['$50k a 3-year deal', '50000 USD'], ['50k or 2027', '50000 null'], ['40k oder 50', '50000 null'],
  ['50k oder 45k', '45000 null'],
])('%s is %s: a number of something else is no end of a range', (text, amount) => {
  expect(amounts(text, true)).toEqual([amount]);
});
