import { fold, shorten, wordsOf } from './text';

test.each([
  ['Sr. Vice-Président, Ventes', ' sr vice president ventes '],
  ['R&D / C++', ' r d c '],
  ['Geschäftsführer', ' geschaftsfuhrer '],
  ['ＶＰ', ' vp '],
  ['営業部長', ' 営業部長 '],
  ['…', '  '],
])('the words of %j', (text, words) => expect(wordsOf(text)).toBe(words));

test('text is folded alike however often, and however long', () => {
  for (const text of ['É', 'E\u0301', 'É'.repeat(200)]) {
    expect(fold(text)).toBe(text.normalize('NFC').toLowerCase());
    expect(fold(text)).toBe(fold(text));
  }
});

test('more texts than are remembered are folded too', () => {
  for (let number = 0; number < 5000; number += 1) expect(fold(`Lead ${number}`)).toBe(`lead ${number}`);
});

test('a shortened text holds no half of a character', () => {
  expect(shorten('short', 5)).toBe('short');
  expect(shorten('ab😀d', 4)).toBe('ab😀…');
  expect(shorten('ab😀d', 3)).toBe('ab…');
});
