import { ELEMENTS, type AuthorityReading, type BudgetReading, type NeedReading, type TimelineReading } from '@headwater/notes';
import { RunError } from '../instance/run-error';

/** What a person says that a note says. A field that is absent is not judged. */
export interface Expected {
  budget: Partial<Omit<BudgetReading, 'evidence'>> | null;
  authority: Partial<Omit<AuthorityReading, 'evidence'>> | null;
  need: Partial<Omit<NeedReading, 'evidence'>> | null;
  timeline: Partial<Omit<TimelineReading, 'evidence'>> | null;
}

export interface LabelledNote { text: string; date: string; expected: Expected }

/** @param content JSON documents, a line each @throws RunError that names the line */
export function notesIn(content: string): LabelledNote[] {
  return content.split('\n').flatMap((line, i) => (line.trim() ? [noteIn(line, i + 1)] : []));
}

function noteIn(line: string, number: number): LabelledNote {
  let note: Partial<LabelledNote>;
  try {
    note = (JSON.parse(line) ?? {}) as Partial<LabelledNote>;
  } catch {
    throw new RunError(`Line ${number} is no JSON document`);
  }
  const { text, date, expected } = note;
  if (typeof text !== 'string' || typeof date !== 'string' || Number.isNaN(Date.parse(date)) || typeof expected !== 'object' || expected === null) {
    throw new RunError(`Line ${number} is not of the form {text, date, expected}`);
  }
  return { text, date, expected: Object.fromEntries(ELEMENTS.map((element) => [element, expected[element] ?? null])) as unknown as Expected };
}
