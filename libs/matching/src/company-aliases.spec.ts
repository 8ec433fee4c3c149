import { companyAliases, renamedCompanies } from './company-aliases';
import { comparableOf } from './comparable';
import { Frequencies } from './frequencies';
import { matchKeys } from './keys';
import { Matcher } from './matcher';
import { DEFAULT_MODEL, type MatchingModel } from './model';

const withAliases = (...company_aliases: MatchingModel['company_aliases'] & object): MatchingModel => ({ ...DEFAULT_MODEL, company_aliases });
const IBM = { name: 'International Business Machines', aliases: ['IBM Corp.', 'Big Blue', 'I.B.M. Deutschland GmbH'] };
const MODEL = withAliases(IBM);

test.each(['International Business Machines, Inc.', 'ibm', 'BIG BLUE LLC', 'IBM Deutschland'])('%s is that company', (company_name) => {
  expect(comparableOf({ company_name }, MODEL)).toEqual({ company_name: 'international business machines' });
});

test.each(['IBM Schweiz', 'Blue', 'Big Blue Cleaning'])('%s is another one', (company_name) => {
  expect(comparableOf({ company_name }, MODEL)).toEqual(comparableOf({ company_name }, DEFAULT_MODEL));
});

test('what goes by several names is found by the same keys, and compared as one', () => {
  const [one, other] = ['IBM', 'Big Blue'].map((company_name) => comparableOf({ company_name, last_name: 'Ito' }, MODEL));
  expect(matchKeys(one!, MODEL)).toEqual(matchKeys(other!, MODEL));
  expect(new Matcher(MODEL, Frequencies.from({ values: {}, words: {} }, 1_000)).compare(one!, other!).evidence).toContainEqual(expect.objectContaining({ field: 'company_name', level: 'equal' }));
});

test('a name is the first one\'s that claims it, and what says nothing is nobody\'s', () => {
  expect([...companyAliases(withAliases(IBM, { name: 'Blue', aliases: ['IBM', '???'] }, { name: '—', aliases: ['X'] }))])
    .toEqual([['ibm', 'international business machines'], ['big blue', 'international business machines'], ['ibm deutschland', 'international business machines']]);
});

test.each<[string, MatchingModel, MatchingModel, string[]]>([
  ['nothing', MODEL, withAliases({ ...IBM, aliases: [...IBM.aliases].reverse() }), []],
  ['a new alias', DEFAULT_MODEL, withAliases({ name: 'A & B', aliases: ['Ab', 'A B'] }), ['ab']],
  ['an alias that is gone', MODEL, withAliases({ ...IBM, aliases: ['IBM', 'Big Blue'] }), ['international business machines']],
  ['an alias that is another one\'s by now', withAliases({ name: 'One', aliases: ['X'] }), withAliases({ name: 'Two', aliases: ['X'] }), ['one']],
])('%s moves who was compared by that name', (_, before, after, names) => {
  expect(renamedCompanies(before, after)).toEqual(names);
});
