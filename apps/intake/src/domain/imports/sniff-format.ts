import type { ImportEncoding } from '@headwater/contracts';
import { markLength, sniffEncoding, toUtf8 } from './encoding';
import { isHeader } from './guess-mapping';
import { LineEnds, sniffLineEnd } from './line-ends';
import { readRecords, type Dialect } from './read-records';

/** All that is needed to read a file. */
export interface CsvFormat extends Dialect {
  encoding: ImportEncoding;
  /** the first row names the columns */
  header: boolean;
}

export interface FormatGuess {
  format: CsvFormat;
  /** of the encoding, 0 to 1 */
  confidence: number;
  /** the first records, the header among them */
  records: string[][];
}

export const DELIMITERS = [',', ';', '\t', '|'] as const;
const QUOTES = ['"', "'"] as const;
const SAMPLE_RECORDS = 50;
/** A sample of these has its first lines whole, unless it is no list of people. */
export const SAMPLE_BYTES = 256 * 1024;

/**
 * How a file is to be read, by its first bytes; what is given is not guessed.
 * @param isWhole the sample is the whole file
 */
export function sniffFormat(sample: Buffer, { isWhole, given = {} }: { isWhole: boolean; given?: Partial<CsvFormat> }): FormatGuess {
  const guessed = sniffEncoding(sample);
  const encoding = given.encoding ?? guessed.encoding;
  const bytes = sample.subarray(markLength(sample, encoding));
  const line_end = given.line_end ?? sniffLineEnd(toUtf8(bytes, encoding).text);
  const { text } = toUtf8(isWhole ? bytes : bytes.subarray(0, new LineEnds(encoding, line_end).last(bytes) || bytes.length), encoding);
  const { dialect, records } = bestDialect(text, dialects(given, line_end));
  return {
    format: { encoding, ...dialect, header: given.header ?? isHeader(records) },
    confidence: given.encoding ? 1 : guessed.confidence,
    records,
  };
}

const dialects = (given: Partial<CsvFormat>, line_end: Dialect['line_end']): Dialect[] =>
  (given.delimiter === undefined ? DELIMITERS : [given.delimiter]).flatMap((delimiter) =>
    (given.quote === undefined ? QUOTES : [given.quote]).map((quote) => ({ delimiter, quote, line_end })));

/** The one by which most rows have as many fields as the first one, and more than one; among equals the more usual one. */
function bestDialect(text: Buffer, candidates: Dialect[]): { dialect: Dialect; records: string[][] } {
  const tried = candidates.map((dialect) => {
    const { records } = readRecords(text, dialect, { isLast: true, most: SAMPLE_RECORDS });
    const whole = records.flatMap(({ fields }) => (fields ? [fields] : []));
    return { dialect, records: whole, score: scoreOf(whole, records.length) };
  });
  return tried.reduce((best, one) => (one.score > best.score ? one : best));
}

function scoreOf(records: string[][], all: number): number {
  const [width = 0] = records.map(({ length }) => length);
  const alike = records.filter(({ length }) => length === width).length;
  const fields = records.flat();
  // A field that begins and ends with a mark was quoted by it, and the other mark was tried.
  const quoted = fields.filter((field) => /^(["']).+\1$/s.test(field)).length;
  return all === 0 ? 0 : (alike / all) * (width > 1 ? 2 - 1 / width : ALONE) - (quoted / Math.max(fields.length, 1)) / 2;
}

/** What a file of one column is worth: less than one of several of which half the rows are broken. */
const ALONE = 0.25;
