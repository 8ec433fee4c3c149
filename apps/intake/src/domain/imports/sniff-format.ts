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
  /** where the first record stands: in bytes of the file, and in lines before it */
  begins: { offset: number; line: number };
}

const DELIMITERS = [',', ';', '\t', '|'] as const;
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
  const mark = markLength(sample, encoding);
  const line_end = given.line_end ?? sniffLineEnd(toUtf8(sample.subarray(mark), encoding).text);
  const lineEnds = new LineEnds(encoding, line_end);
  const told = toldDelimiter(sample.subarray(mark), encoding, lineEnds);
  const bytes = sample.subarray(mark + told.bytes);
  const { text } = toUtf8(isWhole ? bytes : bytes.subarray(0, lineEnds.last(bytes) || bytes.length), encoding);
  const { dialect, records } = bestDialect(text, dialects({ ...told.delimiter, ...given }, line_end, text));
  return {
    format: { encoding, ...dialect, header: given.header ?? isHeader(records) },
    confidence: given.encoding ? 1 : guessed.confidence,
    records,
    begins: { offset: mark + told.bytes, line: told.bytes > 0 ? 1 : 0 },
  };
}

const TOLD = /^sep=([,;\t|])\r?\n?$/i;

/** What the line `sep=;` says, which Excel reads and writes before the header; it takes no bytes where there is none. */
function toldDelimiter(bytes: Buffer, encoding: ImportEncoding, lineEnds: LineEnds): { bytes: number; delimiter?: { delimiter: string } } {
  const end = lineEnds.after(bytes, 0);
  const delimiter = end > 0 && end <= LONGEST_TOLD ? TOLD.exec(toUtf8(bytes.subarray(0, end), encoding).text.toString())?.[1] : undefined;
  return delimiter ? { bytes: end, delimiter: { delimiter } } : { bytes: 0 };
}

/** Of such a line, in an encoding of two bytes. */
const LONGEST_TOLD = 16;

/** Apostrophes quote only where a field begins with one. Where none does, a mark of the usual kind that nobody closed costs its own row. */
function dialects(given: Partial<CsvFormat>, line_end: Dialect['line_end'], text: Buffer): Dialect[] {
  const quotes = given.quote !== undefined ? [given.quote] : /(^|[,;\t|\r\n]) *'/.test(text.toString()) ? QUOTES : QUOTES.slice(0, 1);
  return (given.delimiter === undefined ? DELIMITERS : [given.delimiter]).flatMap((delimiter) => quotes.map((quote) => ({ delimiter, quote, line_end })));
}

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
