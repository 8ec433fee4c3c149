import { CsvError, parse, type Options } from 'csv-parse/sync';
import type { LineEnd } from './line-ends';

/** How the fields of a text stand in it. */
export interface Dialect {
  delimiter: string;
  /** null: quotes are characters like any other */
  quote: string | null;
  line_end: LineEnd;
}

/** Longer than any row of a list of people; what is longer was not closed, or is no list. */
export const LONGEST_RECORD = 128 * 1024;

export const TOO_LONG = { code: 'too_long', because: `The row is longer than ${LONGEST_RECORD / 1024} kB` };

export interface CsvRecord {
  /** null when it can't be told what its fields are */
  fields: string[] | null;
  /** why not */
  broken?: { code: string; because: string };
  /** as it stands in the file: of a broken one only */
  text?: string;
  /** where it ends, in bytes of the text */
  end: number;
}

export interface Reading {
  records: CsvRecord[];
  /** where the record begins that goes on behind this text; else where the text ends */
  rest: number;
}

/**
 * Reads a text that begins with a record and ends with a line. A record that breaks the rules of quoting is read to the end of
 * its line and no further, so that a quote that nobody closed doesn't take the rest of the file with it.
 * @param isLast nothing follows: what is open is broken
 */
export function readRecords(text: Buffer, dialect: Dialect, { isLast, most = Infinity }: { isLast: boolean; most?: number }): Reading {
  const records: CsvRecord[] = [];
  let at = 0;
  while (at < text.length && records.length < most) {
    const error = readUntilError(text, at, dialect, records, most);
    if (!error) return { records, rest: records.length < most ? text.length : records[records.length - 1].end };
    at = records[records.length - 1]?.end ?? 0;
    const isOpen = error.code === 'CSV_QUOTE_NOT_CLOSED';
    if (isOpen && !isLast && text.length - at < LONGEST_RECORD) return { records, rest: at };
    const broken = readLine(text, at, dialect, error);
    records.push(broken);
    at = broken.end;
  }
  return { records, rest: at };
}

/** @returns why it stopped before the end */
function readUntilError(text: Buffer, from: number, dialect: Dialect, records: CsvRecord[], most: number): CsvError | null {
  try {
    parse(text.subarray(from), {
      ...optionsOf(dialect), to: Number.isFinite(most) ? most - records.length : undefined,
      on_record: (fields, { bytes }) => {
        const end = from + bytes;
        const isTooLong = end - (records.at(-1)?.end ?? 0) > LONGEST_RECORD;
        records.push(isTooLong ? { fields: null, broken: TOO_LONG, end } : { fields: fields as unknown as string[], end });
        return null;
      },
    });
    return null;
  } catch (error) {
    if (error instanceof CsvError) return error;
    throw error;
  }
}

const optionsOf = ({ delimiter, quote, line_end }: Dialect): Options => ({
  delimiter, quote, escape: quote, record_delimiter: line_end === 'lf' ? ['\r\n', '\n'] : ['\r'],
  relax_column_count: true, skip_empty_lines: true, trim: delimiter !== '\t',
});

/** One line, which could not be read as a record. Quotes within a field that doesn't begin with one are what they seem: 5" of rain. */
function readLine(text: Buffer, from: number, dialect: Dialect, { code }: CsvError): CsvRecord {
  const found = text.indexOf(dialect.line_end === 'lf' ? '\n' : '\r', from);
  const end = found < 0 ? text.length : found + 1;
  const line = text.toString('utf8', from, end).trimEnd();
  if ((code as string) === 'INVALID_OPENING_QUOTE') {
    const [fields] = parse(text.subarray(from, end), { ...optionsOf(dialect), quote: null, escape: null });
    if (!line.startsWith(dialect.quote!) && !line.includes(`${dialect.delimiter}${dialect.quote}`)) return { fields: fields ?? [''], end };
  }
  return { fields: null, broken: brokenBy(code, end - from), text: line.slice(0, MOST_KEPT), end };
}

/** Of a line that is no record. */
const MOST_KEPT = 10_000;

function brokenBy(code: string, length: number): { code: string; because: string } {
  if (length > LONGEST_RECORD) return TOO_LONG;
  if (code === 'CSV_QUOTE_NOT_CLOSED') return { code: 'unclosed_quote', because: 'A quote is opened and never closed' };
  return { code: 'wrong_quote', because: 'A quote stands where none may: a quote within a quoted field is written twice' };
}
