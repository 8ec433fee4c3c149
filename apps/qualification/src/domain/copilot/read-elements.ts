import { BANT, type BantDimension, type ElementStatus } from '@headwater/contracts';
import { readNotes, type NoteReading } from '@headwater/notes';
import { proposalsOf } from '../assessing/propose';
import { factOf, type LeadRecord } from './lead-record';
import { say, type Said } from './say';

/** What something that somebody wrote says of one dimension, how it stands by that, and the words that say it. */
export interface Read<Reading> { reading: Reading; status: ElementStatus; said: Said }

export type Readings = { [Dimension in keyof NoteReading]: Read<NonNullable<NoteReading[Dimension]>> | null };

interface Source { text: string; date: string; dismissed: readonly BantDimension[]; cite: (words: string) => Said }

const DAY = 'yyyy-mm-dd'.length;

/**
 * What notes and free text say of the dimensions, as it is proposed by assessments: the newest note that says anything of one tells it, unless a person
 * has dismissed that; else what the lead itself said in its fields, which are read under their own heading.
 */
export function readElements(record: LeadRecord): Readings {
  const found: Readings = { budget: null, authority: null, need: null, timeline: null };
  for (const { text, date, dismissed, cite } of sourcesOf(record)) {
    // Reading takes milliseconds: what is known already isn't looked for once more.
    const open = BANT.filter((dimension) => found[dimension] === null && !dismissed.includes(dimension));
    if (open.length === 0) continue;
    const readings = readNotes(text, date);
    const standing = new Map(proposalsOf(readings, { id: null }, date).map(({ element, status }) => [element, status]));
    for (const dimension of open) {
      const reading = readings[dimension];
      if (reading) Object.assign(found, { [dimension]: { reading, status: standing.get(dimension)!, said: cite(reading.evidence.text) } });
    }
  }
  return found;
}

function sourcesOf(record: LeadRecord): Source[] {
  const own = { date: record.today, dismissed: [] };
  const notes = record.notes.map(({ id, text, at, dismissed }): Source => ({ text, date: at.slice(0, DAY), dismissed, cite: (words) => noteSaid(id, at, words) }));
  const { budget, timeline, description } = record.lead;
  return [
    ...notes,
    // What stands in a field of its own needs no word that says what it is of.
    ...(budget ? [{ ...own, text: `Budget: ${budget}`, cite: () => say`The lead names a budget of "${factOf(record, 'lead', 'budget')}"` }] : []),
    ...(timeline ? [{ ...own, text: `Timeline: ${timeline}`, cite: () => say`The lead names a timeline of "${factOf(record, 'lead', 'timeline')}"` }] : []),
    ...(description ? [{ ...own, text: description, cite: (words: string) => say`The lead writes "${{ field: 'lead.description', value: passageOf(words) }}"` }] : []),
  ];
}

const noteSaid = (id: string, at: string, words: string): Said =>
  say`A note of ${{ field: `notes.${id}.at`, value: at.slice(0, DAY) }} says "${{ field: `notes.${id}.text`, value: passageOf(words) }}"`;

const LONGEST = 1_000;

/** As it is written, but for what only leads on to the next. */
const passageOf = (words: string): string => words.trim().slice(0, LONGEST).replace(/[\s,;]+$/, '');
