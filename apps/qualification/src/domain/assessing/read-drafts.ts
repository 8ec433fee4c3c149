import { readNotes, type NoteReading } from '@headwater/notes';
import type { NoteDraft } from '../decision';

/** One for each time zone: to make one costs more than to read a note. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** What notes say that are written now, each for itself. @param at instant. @param timeZone of the tenant (IANA name): dates in notes are meant in it */
export function readDrafts(notes: readonly NoteDraft[], at: string, timeZone: string): NoteReading[] {
  if (notes.length === 0) return [];
  const today = formatIn(timeZone).format(new Date(at));
  return notes.map(({ text }) => readNotes(text, today));
}

function formatIn(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  formats.set(timeZone, format);
  return format;
}
