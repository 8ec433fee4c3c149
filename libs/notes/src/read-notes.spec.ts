import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { readNotes, type NoteReading } from '.';

interface Labelled { text: string; date: string; expected: Record<string, Record<string, unknown> | null> }
const labelled = readFileSync(join(__dirname, '../test/notes.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Labelled);

/** A day that follows from a length of time is not told in the labels. */
const toldOf = (reading: NoteReading) => Object.fromEntries(Object.entries(reading).map(([element, of]) => {
  const { evidence: _, ...told } = (of ?? {}) as Record<string, unknown>;
  return [element, of && (told.period_days ? { ...told, by: null } : told)];
}));

it.each(labelled.map(({ text, date, expected }) => [text, date, expected] as const))('%s', (text, date, expected) => {
  expect(toldOf(readNotes(text, date))).toEqual(expected);
});

it('gives the words that say it', () => {
  const note = 'Good call.\nBudget of $120,000 signed off. The COO decides; manual data entry hurts, go-live by end of February.';
  const { budget, authority, need, timeline } = readNotes(note, '2025-12-15');
  for (const element of [budget, authority, need, timeline]) {
    const { text, start, end } = element!.evidence;
    expect(note.slice(start, end)).toBe(text);
  }
  expect(budget!.evidence.text).toBe('Budget of $120,000 signed off.');
});

it('a sentence ends behind a quarter: when money is approved is not when it is wanted', () => {
  const { timeline } = readNotes('Budget $75K approved Q1. CTO decision maker. Q3 2027 go-live.', '2026-11-28');
  expect(timeline).toMatchObject({ by: '2027-09-30', evidence: { text: 'Q3 2027 go-live.' } });
});

it('reads whatever it is given', () => {
  fc.assert(fc.property(fc.string({ maxLength: 2_000, unit: 'binary' }), (text) => {
    expect(Object.keys(readNotes(text, '2025-12-15'))).toHaveLength(4);
  }), { numRuns: 40 });
});

it('takes no time that grows out of hand, whatever is said how often', () => {
  const word = fc.constantFrom('budget', '$', '50k', 'not', 'no', 'CFO', 'decides', 'Q1', 'before', 'need', ',', '.', ';', '\n', 'the', '1.000',
    'if they', '(', ')', ':', 'Timeline:', 'Head of', '-', '1', 'end of', 'pas', 'a', 'x'.repeat(50));
  readNotes(labelled.map(({ text }) => text).join('\n'), '2025-12-15'); // so that what is compiled late is compiled
  fc.assert(fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
    const note = `${words.join(' ')} `.repeat(10_000).slice(0, 10_000);
    const start = performance.now();
    readNotes(note, '2025-12-15');
    expect(performance.now() - start).toBeLessThan(2_000); // some 30 ms; backtracking takes minutes
  }), { numRuns: 10 });
});
