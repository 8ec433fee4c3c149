import { BANT } from '@headwater/contracts';
import { readNotes, type NoteReading } from '@headwater/notes';
import { factOf, type LeadRecord } from './lead-record';
import { say, type Said } from './say';

/** What something that somebody wrote says of one dimension, and the words that say it. */
export interface Read<Reading> { reading: Reading; said: Said }

export type Readings = { [Dimension in keyof NoteReading]: Read<NonNullable<NoteReading[Dimension]>> | null };

interface Source { text: string; date: string; cite: (words: string) => Said }

const DAY = 10;

/**
 * What notes and free text say of the dimensions: the newest note that says anything of one tells it; else what the lead itself said in
 * its fields, which are read under their own heading.
 */
export function readElements(record: LeadRecord): Readings {
  const found: Readings = { budget: null, authority: null, need: null, timeline: null };
  for (const { text, date, cite } of sourcesOf(record)) {
    // Reading takes milliseconds: what is known already isn't looked for once more.
    const open = BANT.filter((dimension) => found[dimension] === null);
    if (open.length === 0) break;
    const readings = readNotes(text, date);
    for (const dimension of open) {
      const reading = readings[dimension];
      if (reading) Object.assign(found, { [dimension]: { reading, said: cite(reading.evidence.text) } });
    }
  }
  return found;
}

function sourcesOf(record: LeadRecord): Source[] {
  const today = record.now.slice(0, DAY);
  const notes = record.notes.map(({ id, text, at }): Source => ({ text, date: at.slice(0, DAY), cite: (words) => noteSaid(id, at, words) }));
  const { budget, timeline, description } = record.lead;
  return [
    ...notes,
    // What stands in a field of its own needs no word that says what it is of.
    ...(budget ? [{ text: `Budget: ${budget}`, date: today, cite: () => say`The lead names a budget of "${factOf(record, 'lead', 'budget')}"` }] : []),
    ...(timeline ? [{ text: `Timeline: ${timeline}`, date: today, cite: () => say`The lead names a timeline of "${factOf(record, 'lead', 'timeline')}"` }] : []),
    ...(description ? [{ text: description, date: today, cite: (words: string) => say`The lead writes "${{ field: 'lead.description', value: passageOf(words) }}"` }] : []),
  ];
}

const noteSaid = (id: string, at: string, words: string): Said =>
  say`A note of ${{ field: `notes.${id}.at`, value: at.slice(0, DAY) }} says "${{ field: `notes.${id}.text`, value: passageOf(words) }}"`;

const LONGEST = 1_000;

/** As it is written, but for what only leads on to the next. */
const passageOf = (words: string): string => words.trim().slice(0, LONGEST).replace(/[\s,;]+$/, '');
