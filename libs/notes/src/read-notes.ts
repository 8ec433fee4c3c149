import { passagesOf } from './passages';
import { plain } from './plain';
import { readAuthority } from './read-authority';
import { readBudget } from './read-budget';
import { readNeed } from './read-need';
import { readTimeline } from './read-timeline';
import type { Evidence, NoteReading } from './reading';

/**
 * Reads a sales note: English first, German, French and Spanish as far as it goes. By rules alone: the same note says the same.
 * @param date the note's own day, YYYY-MM-DD or RFC 3339: what is relative is relative to it
 */
export function readNotes(note: string, date: string): NoteReading {
  const passages = passagesOf(plain(note));
  const inItsWords = <R extends { evidence: Evidence }>(reading: R | null): R | null => {
    if (!reading) return null;
    const { start, end } = reading.evidence;
    return { ...reading, evidence: { start, end, text: note.slice(start, end) } };
  };
  return {
    budget: inItsWords(readBudget(passages)), authority: inItsWords(readAuthority(passages)), need: inItsWords(readNeed(passages)),
    timeline: inItsWords(readTimeline(passages, date.slice(0, 10))),
  };
}
