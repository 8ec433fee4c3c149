import { ELEMENTS, readNotes, type Element, type NoteReading } from '@headwater/notes';
import { qualityOf, type Quality } from '../dedupe/counts';
import type { Expected, LabelledNote } from './labelled-note';

/** An element that was read otherwise than expected. */
export interface Miss { note: LabelledNote; element: Element; expected: unknown; read: unknown }

export interface Judgement {
  notes: number;
  elements: Record<Element, Quality>;
  /** of all elements together */
  all: Quality;
  misses: Miss[];
}

const DAY = 86_400_000;
const TOLERANCE_DAYS = 5;

/**
 * How well notes are read. An element is right when each of its fields is; one that is read wrongly counts as wrong and as missed, one that
 * is read where nothing is said as wrong, one that isn't read as missed.
 */
export function judge(notes: readonly LabelledNote[]): Judgement {
  const counts = Object.fromEntries(ELEMENTS.map((element) =>
    [element, { tp: 0, fp: 0, all: 0 }])) as Record<Element, { tp: number; fp: number; all: number }>;
  const misses: Miss[] = [];
  for (const note of notes) {
    const reading = readNotes(note.text, note.date);
    for (const element of ELEMENTS) {
      const [expected, read] = [note.expected[element], reading[element]];
      const isRight = (expected === null) === (read === null) && (expected === null || agree(element, expected, reading));
      const count = counts[element];
      if (expected) count.all += 1;
      if (read) count[isRight ? 'tp' : 'fp'] += 1;
      if (!isRight) misses.push({ note, element, expected, read });
    }
  }
  const sum = (of: 'tp' | 'fp' | 'all'): number => ELEMENTS.reduce((total, element) => total + counts[element][of], 0);
  return {
    notes: notes.length, misses, all: qualityOf(sum('tp'), sum('fp'), sum('all')),
    elements: Object.fromEntries(ELEMENTS.map((element) =>
      [element, qualityOf(counts[element].tp, counts[element].fp, counts[element].all)])) as Record<Element, Quality>,
  };
}

function agree(element: Element, expected: object, reading: NoteReading): boolean {
  return Object.entries(expected).every(([field, value]) => {
    const read = (reading[element] as unknown as Record<string, unknown>)[field];
    if (field === 'by') return value === null ? element === 'timeline' && isDerived(expected as Expected['timeline'], reading)
      : near(value as string, read as string | null);
    if (field === 'period_days') return value === null ? true : typeof read === 'number' && Math.abs(read - (value as number)) <= TOLERANCE_DAYS;
    if (field === 'title') return plain(value) === plain(read);
    return (value ?? null) === (read ?? null);
  });
}

/** A day that follows from a length of time says nothing else than that does. */
const isDerived = (expected: Expected['timeline'], { timeline }: NoteReading): boolean =>
  timeline?.by === null || (expected?.period_days ?? null) !== null;

const near = (expected: string, read: string | null): boolean =>
  read !== null && Math.abs(Date.parse(expected) - Date.parse(read)) <= TOLERANCE_DAYS * DAY;

const plain = (title: unknown): string | null => (typeof title === 'string' ? title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim() : null);
