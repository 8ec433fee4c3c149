import fc from 'fast-check';
import { everyMatch } from './every-match';

it('finds what matchAll finds, nothing as well, and the same again', () => {
  const patterns = [/b/gu, /a*/gu, /(?<word>[a😀]+)(?=b)/giu, /x|$/gu];
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', 'b', 'A', '😀', ' ') }), fc.constantFrom(...patterns), (text, pattern) => {
    const expected = [...text.matchAll(pattern)].map(({ 0: words, index, groups }) => ({ words, index, groups: { ...groups } }));
    for (let time = 0; time < 2; time += 1) {
      expect(everyMatch(pattern, text).map(({ 0: words, index, groups }) => ({ words, index, groups: { ...groups } }))).toEqual(expected);
    }
  }));
});
