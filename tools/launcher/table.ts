import type { Emphasis, Terminal } from './terminal';

export interface Column {
  title: string;
  /** in characters */
  width: number;
  align?: 'left' | 'right';
}

export interface Piece {
  text: string;
  emphasis?: Emphasis;
}

export interface Row {
  /** in the order of the columns */
  cells: Piece[];
  /** a second line: under the first column, and under all the others together */
  below: [Piece, Piece];
}

const GAP = '  ';
const INDENT = '  ';

/** The lines of a table: titles, a rule, and two lines a row. What is too long for its place ends in an ellipsis. */
export function tableLines(columns: Column[], rows: Row[], terminal: Terminal): string[] {
  const [first, ...others] = columns as [Column, ...Column[]];
  const width = widthOf(columns);
  const halves = [first, { title: '', width: widthOf(others) }];
  return [
    line(columns, columns.map(({ title }) => ({ text: title, emphasis: 'dim' })), terminal),
    INDENT + terminal.emphasize('dim', '─'.repeat(width)),
    ...rows.flatMap(({ cells, below }) => [line(columns, cells, terminal), line(halves, below, terminal)]),
  ].filter((text) => text !== '');
}

/** What a line has left for one more column beside these. */
export function widthLeft(lineWidth: number, columns: Column[]): number {
  return lineWidth - INDENT.length - widthOf(columns) - GAP.length;
}

function widthOf(columns: Column[]): number {
  return columns.reduce((sum, { width }) => sum + width, GAP.length * (columns.length - 1));
}

function line(columns: Column[], pieces: Piece[], terminal: Terminal): string {
  const cells = columns.map(({ width, align }, index) => {
    const { text, emphasis } = pieces[index]!;
    const cut = text.length > width ? `${text.slice(0, width - 1)}…` : text;
    const padding = ' '.repeat(width - cut.length);
    const shown = emphasis && cut ? terminal.emphasize(emphasis, cut) : cut;
    return align === 'right' ? padding + shown : shown + padding;
  });
  return (INDENT + cells.join(GAP)).trimEnd();
}
