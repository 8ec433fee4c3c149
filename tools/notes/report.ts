import { ELEMENTS } from '@headwater/notes';
import type { Quality } from '../dedupe/counts';
import type { Terminal } from '../launcher/terminal';
import type { Judgement, Miss } from './judge';

/** What `--json` writes. */
export const documentOf = ({ notes, elements, all }: Judgement): object => ({ notes, ...elements, all });

export function linesOf({ notes, elements, all, misses }: Judgement, terminal: Terminal, withMisses: boolean): string[] {
  return [
    '',
    `${'element'.padEnd(12)}${['precision', 'recall', 'F1', 'right', 'wrong', 'missed'].map((name) => name.padStart(10)).join('')}`,
    ...ELEMENTS.map((element) => line(element, elements[element])),
    terminal.emphasize('bold', line('all', all)),
    '', `${notes} notes`,
    ...(withMisses ? misses.flatMap(missLines) : []),
  ];
}

const line = (name: string, { precision, recall, f1, tp, fp, fn }: Quality): string =>
  `${name.padEnd(12)}${[precision, recall, f1].map((share) => share.toFixed(4).padStart(10)).join('')}${[tp, fp, fn].map((n) => String(n).padStart(10)).join('')}`;

const missLines = ({ note, element, expected, read }: Miss): string[] =>
  ['', `${note.date.slice(0, 10)} ${note.text}`, `  ${element}: expected ${JSON.stringify(expected)}`,
    `  ${' '.repeat(element.length)}  read     ${JSON.stringify(read)}`];
