import { levelOf } from '../../test/level-of';
import { KINDS } from '.';

test.each([
  ['TechCorp Inc.', 'Techcorp, GmbH & Co. KG', 'equal'], ['Blue Heaven', 'BLUEHEAVEN', 'equal'],
  ['Café Müller AG', 'Cafe Muller', 'equal'], ['The Coca-Cola Company', 'Coca Cola', 'equal'],
  ['Arnie Mortons Chicago', 'Arnie Morton of Chicago', 'close'], ['Smith Weber', 'Weber & Smith', 'close'],
  ['Falcon Construction', 'Fslcon Construction', 'close'], ['Doumouras Insurance', 'Insurance Dournouras', 'close'],
  ['Teddy Bear School 1', 'Teddy Bear School 5', 'overlapping'], ['Teddy Bear School 1', 'Tedy Bear School 1', 'close'], ['Fern', 'Ferm', 'different'],
  ['Acme North Branch', 'Acme South Branch', 'overlapping'], ['Acme Eastern Branch', 'Acme Western Branch', 'overlapping'], ['Acme Nroth Branch', 'Acme North Branches', 'close'],
  ['House Palmer Sq', 'House Palmer Square', 'close'], ['Irving Park Learning Ctr', 'Irving Park Learning Center', 'close'],
  ['Hilton', 'Hilton Garden Hotels', 'contained'], ['Chicago Commons School', 'Taylor Commons Centre', 'overlapping'],
  ['IBM', 'International Business Machines', 'overlapping'],
  ['株式会社日立製作所', '日立製作所', 'equal'], ['삼성전자 주식회사', '삼성전자', 'equal'], ['华为技术有限公司', '华为技术', 'equal'], ['㈱ソニー', 'ソニー', 'equal'],
  ['Siemens', 'Bosch', 'different'], ['&', 'Bosch', 'different'],
])('the companies %s and %s are %s', (a, b, level) => {
  expect(levelOf('company', a, b)).toBe(level);
});

test.each([
  ['https://www.example.com/about?x=1', 'example.com', 'equal'], ['www2.Example.COM:8080', 'example.com', 'equal'],
  ['example.com', 'example.org', 'different'], [' ', 'example.org', null],
])('the domains %s and %s are %s', (a, b, level) => {
  expect(levelOf('domain', a, b)).toBe(level);
});

test('a name that is a legal form stays one', () => {
  expect(KINDS.company!.normalise('Limited')).toBe('limited');
});
