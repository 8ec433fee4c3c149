import { personWords } from './person-words';

test.each([
  ['Dr. Sarah Johnson', 'sarah johnson'], ['Prof. Dr.-Ing. Jürgen Müller', 'jurgen muller'], ['John Smith, Jr.', 'john smith'],
  ['Sarah Johnson, Ph.D., MBA', 'sarah johnson'], ['Юлия Ким', 'yuliya kim'], ['Jack Ma', 'jack ma'], ['Lady Gómez', 'lady gomez'], ['Dr.', 'dr'], ['Jr', 'jr'], ['', ''],
])('%s is called %s', (name, words) => {
  expect(personWords(name).join(' ')).toBe(words);
});
