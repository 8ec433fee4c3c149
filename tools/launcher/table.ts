import type { Emphasis, Terminal } from './terminal';

export interface Column {
  title: string;
  /** in characters; the columns and the gaps between them are the line */
  width: number;
  align?: 'left' | 'right';
}

/** One piece of text in a cell, on a line of its own unless it is too long for one. */
export interface Piece {
  text: string;
  emphasis?: Emphasis;
}

/** The pieces of each cell, in the order of the columns. */
export type Row = Piece[][];

const GAP = '  ';
const INDENT = '  ';
const MOST_LINES_A_PIECE = 2;

/** The lines of a table: titles, a rule, and rows as high as their highest cell. */
export function tableLines(columns: Column[], rows: Row[], terminal: Terminal): string[] {
  const width = columns.reduce((sum, column) => sum + column.width, GAP.length * (columns.length - 1));
  const titles: Row = columns.map(({ title }) => [{ text: title, emphasis: 'dim' }]);
  return [
    ...rowLines(columns, titles, terminal),
    INDENT + terminal.emphasize('dim', '─'.repeat(width)),
    ...rows.flatMap((row) => rowLines(columns, row, terminal)),
  ];
}

/** What is on the line with the columns at either side of one that takes what is left. */
export function widthLeft(line: number, others: Column[]): number {
  return others.reduce((left, { width }) => left - width - GAP.length, line - INDENT.length);
}

function rowLines(columns: Column[], row: Row, terminal: Terminal): string[] {
  const cells = columns.map(({ width }, index) =>
    row[index]!.flatMap(({ text, emphasis }) => wrap(text, width).map((line) => ({ text: line, emphasis }))));
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) => {
    const parts = columns.map(({ width, align }, index) => {
      const { text, emphasis } = cells[index]![line] ?? { text: '', emphasis: undefined };
      const padded = align === 'right' ? text.padStart(width) : text.padEnd(width);
      return emphasis && text ? terminal.emphasize(emphasis, padded) : padded;
    });
    return (INDENT + parts.join(GAP)).trimEnd();
  });
}

/** Breaks between words; what doesn't fit two lines ends in an ellipsis. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  const kept = lines.slice(0, MOST_LINES_A_PIECE);
  if (lines.length > kept.length) kept[kept.length - 1] += ' …';
  return kept.map((line) => (line.length > width ? `${line.slice(0, width - 1)}…` : line));
}
