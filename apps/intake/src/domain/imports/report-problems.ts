import type { ImportColumn, ImportProblem } from '@headwater/contracts';
import type { FileRow } from './file-window';
import type { RowReading } from './row-to-lead';

const SAMPLES = 5;
const MOST_SHOWN = 100;
/** More kinds of problems than anybody looks at. */
const MOST_PROBLEMS = 200;

/** The problems of a report with those of further rows: one for each column and code, with the first rows that have it. */
export function addProblems(known: ImportProblem[], rows: FileRow[], readings: RowReading[], columns: ImportColumn[]): ImportProblem[] {
  const problems = new Map(known.map((problem) => [`${problem.column ?? ''} ${problem.code}`, { ...problem, samples: [...problem.samples] }]));
  const add = (column: string | null, { code, detail }: { code: string; detail: string }, row: number, value: string): void => {
    const name = `${column ?? ''} ${code}`;
    const problem = problems.get(name) ?? { column, code, detail, rows: 0, samples: [] };
    if (!problems.has(name) && problems.size === MOST_PROBLEMS) return;
    problems.set(name, problem);
    problem.rows += 1;
    if (problem.samples.length < SAMPLES) problem.samples.push({ row, value: shownText(value, MOST_SHOWN) });
  };
  rows.forEach(({ row, fields, text = '' }, i) => {
    const { rejected, problems: own } = readings[i];
    if (rejected) add(null, { code: rejected.code, detail: rejected.because }, row, fields?.join(' | ') ?? text);
    for (const problem of own) add(problem.column, problem, row, fields?.[columns.findIndex(({ header }) => header === problem.column)] ?? '');
  });
  return [...problems.values()];
}

/** The beginning of a text. What PostgreSQL can't keep in it is shown as what it is: unreadable. */
export const shownText = (text: string, most: number): string => text.replaceAll('\0', '\ufffd').slice(0, most).replace(/[\ud800-\udbff]$/, '');
