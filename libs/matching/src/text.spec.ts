import { fold, joined, words } from './text';

test.each([['Ｍüller ', 'muller'], ['ŁÓDŹ', 'lodz'], ['Юлия', 'yuliya'], ['東京', 'dongjing'], ['Straße', 'strasse']])('%s is folded to %s', (text, folded) => {
  expect(fold(text)).toBe(folded);
});

test('an apostrophe or a dot within a word is no end of it', () => {
  expect(words("O'Brien, S.p.A. no. 12-b")).toEqual(['obrien', 'spa', 'no', '12', 'b']);
  expect(words(' … ')).toEqual([]);
});

test('words may be written as one', () => {
  expect(joined('mary ann lou')).toBe('maryannlou');
});
