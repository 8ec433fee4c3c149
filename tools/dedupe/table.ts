import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { textIn } from '@headwater/inlets';
import { RunError } from '../instance/run-error';

/** A CSV file: its columns in order, and each row's values by them. */
export interface Table {
  file: string;
  columns: readonly string[];
  rows: readonly Readonly<Record<string, string>>[];
}

const DELIMITERS = [',', ';', '\t', '|'];
/** How programs write that nothing is known. */
const NOTHING = new Set(['NA', 'N/A', 'NaN', 'nan', 'NULL', 'null', 'None', '\\N']);

/**
 * @param header the columns, where the file has no line of them
 * @throws RunError in one sentence, when it can't be read, or has no rows
 */
export function readTable(file: string, header?: readonly string[]): Table {
  const text = textIn(contentOf(file));
  const rows = parseRows(file, text);
  const columns = header ?? rows.shift() ?? [];
  if (rows.length === 0) throw new RunError(`${file} has no rows`);
  if (header && header.length < Math.max(...rows.slice(0, 100).map(({ length }) => length))) {
    throw new RunError(`${file} has more columns than the ${header.length} that --header names`);
  }
  return { file, columns, rows: rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, valueOf(row[index])]))) };
}

/** @throws RunError naming the columns that the table has, when it lacks one */
export function mustHave({ file, columns }: Table, column: string): void {
  if (!columns.includes(column)) throw new RunError(`${file} has no column "${column}"; it has ${columns.join(', ')}`);
}

const valueOf = (value = ''): string => (NOTHING.has(value) ? '' : value);

function contentOf(file: string): Buffer {
  try {
    const content = readFileSync(file);
    return file.endsWith('.gz') ? gunzipSync(content) : content;
  } catch (error) {
    throw new RunError(`${file} can't be read: ${(error as Error).message}`, { cause: error });
  }
}

function parseRows(file: string, text: string): string[][] {
  try {
    return parse(text, {
      delimiter: delimiterOf(text), bom: true, trim: true, relax_quotes: true, relax_column_count: true, skip_empty_lines: true,
    });
  } catch (error) {
    throw new RunError(`${file} is no CSV: ${(error as Error).message}`, { cause: error });
  }
}

/** The one that the first line has most of, outside quotes. */
function delimiterOf(text: string): string {
  const line = (/^(?:"[^"]*"|[^"\r\n])*/.exec(text)?.[0] ?? '').replace(/"[^"]*"/g, '');
  const counts = DELIMITERS.map((delimiter) => line.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))]!;
}
