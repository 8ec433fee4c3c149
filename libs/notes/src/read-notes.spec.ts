import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
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

it.each([
  ['what introduces whom', `Decides${' is made'.repeat(24)} xyz CEO.`],
  ['where somebody is a director', `Has budget authority. She is a Director${' at Ωωωωωωωωω'.repeat(9)} x.`],
  ['whose board decides', `The CFO says the ${'a'.repeat(9_000)}-x board decides.`],
  ['a name without an end', `DM: A${'b'.repeat(9_000)} decides.`], ['blanks', `Decides${' '.repeat(9_000)}CEO`],
  ['numbers in words', `${'twenty '.repeat(1_400)}x`], ['glued numbers', `${'hundertundein'.repeat(700)}x`], ['digits', `Budget ${'1.000'.repeat(1_800)}x`],
  ['no headings', 'Filtre/'.repeat(1_400)], ['lines', 'a\n'.repeat(4_500)], ['approvals', `Approval ${'needed once the '.repeat(600)}`],
])('is no slower for a hostile note: %s', (_, note) => {
  const start = process.cpuUsage(); // whatever else the machine does
  readNotes(note, '2025-12-15');
  expect(process.cpuUsage(start).user / 1_000).toBeLessThan(2_000); // at most some 400 ms; backtracking takes many seconds
});

it('keeps no note for the sake of a long word in it', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const used = () => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  const [blank, before] = ['\n'.repeat(100_000), used()];
  for (let n = 0; n < 200; n += 1) readNotes(`Met the Verantwortlichkeiten${n}.${blank}`, '2025-12-15');
  expect((used() - before) / 1_000_000).toBeLessThan(10); // MB; the notes have 20
});

it('knows of whom the sentence before was, whose title comes twice', () => {
  expect(readNotes('Has budget authority. She is a Director at Directorate.', '2025-12-15').authority).toMatchObject({ title: 'Director' });
});

it('takes no time that grows out of hand, whatever is said how often', () => {
  const word = fc.constantFrom('budget', '$', '50k', 'not', 'no', 'CFO', 'decides', 'Q1', 'before', 'need', ',', '.', ';', '\n', 'the', '1.000',
    'if they', '(', ')', ':', 'Timeline:', 'Head of', '-', '1', 'end of', 'pas', 'a', 'x'.repeat(50));
  readNotes(labelled.map(({ text }) => text).join('\n'), '2025-12-15'); // so that what is compiled late is compiled
  fc.assert(fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
    const note = `${words.join(' ')} `.repeat(10_000).slice(0, 10_000);
    const start = process.cpuUsage();
    readNotes(note, '2025-12-15');
    expect(process.cpuUsage(start).user / 1_000).toBeLessThan(2_000); // some 30 ms; backtracking takes minutes
  }), { numRuns: 10 });
});
