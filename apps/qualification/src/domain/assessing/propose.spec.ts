import { readNotes } from '@headwater/notes';
import fc from 'fast-check';
import { proposalsOf } from './propose';

const AT = '2025-12-15T10:00:00.000Z';
const proposed = (text: string) => Object.fromEntries(proposalsOf(readNotes(text, '2025-12-15'), { id: 'n' }, AT)
  .map(({ element, status, value }) => [element, `${status}: ${value}`]));

it.each([
  ['BANT qualified: Budget $75K approved Q1, Authority confirmed (CTO decision maker), Timeline is 90 days for implementation.',
    { budget: 'confirmed: 75,000 USD, approved', authority: 'confirmed: decision maker, CTO', timeline: 'confirmed: 90 days, by 2026-03-15' }],
  ['Company does not have budget allocated until Q3 2026.', { budget: 'weak: none' }],
  ['IT Director is our champion.', { authority: 'partial: champion, IT Director' }],
])('%s', (text, expected) => expect(proposed(text)).toMatchObject(expected));

it('says nothing of what the note says nothing of', () => expect(proposed('Left a message on the machine.')).toEqual({}));

const HALF = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])/;

it('quotes the note, whatever is in it, and never half a character', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom('Budget $75K approved', 'CTO decides', 'need', '😀'.repeat(400), '. ', ', ', '\n', 'before Q2 2026'), { maxLength: 12 }), (parts) => {
    const text = parts.join(' ');
    for (const { evidence: [{ text: words, start, end }], value, by } of proposalsOf(readNotes(text, '2025-12-15'), { id: null }, AT)) {
      expect(text.slice(start!, end!)).toBe(words);
      expect(words.length).toBeLessThanOrEqual(1_000);
      expect([HALF.test(words), HALF.test(value ?? ''), by]).toEqual([false, false, 'notes-reader']);
    }
  }), { numRuns: 60 });
});
