import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { CsvError, parse } from 'csv-parse';
import { AddCompanies, DomainError, MOST_COMPANIES, ReplaceCompanies, type CompanyProblem, type CompanyRow, type Context } from '@headwater/contracts';
import { storable } from '@headwater/inlets';
import { Requester } from '@headwater/messaging';
import { delimiterOf } from '../input/csv-text';

/** Of a table: some 40,000 companies with what is usually said of them. */
export const LARGEST_TABLE = 4 * 1_024 * 1_024;
/** So that a message has room for them. */
const MOST_AT_ONCE = 500;
const BYTES_AT_ONCE = 128 * 1_024;
const LONGEST_ROW = 64 * 1_024;
const MOST_PROBLEMS = 100;
/** Of the text that is parsed in one go: others are served in between. */
const PART = 64 * 1_024;

interface Row { line: number; fields: CompanyRow }

/** Companies as they were sent: one after the other, each with the line that it stands on. */
export type SentCompanies = () => AsyncIterable<Row>;

export const sentAsList = (companies: (CompanyRow & { custom_fields?: object | null })[]): SentCompanies => async function* rows() {
  for (const [i, { custom_fields: custom, ...fields }] of companies.entries()) {
    const named = Object.entries(custom ?? {}).map(([key, value]) => [`custom_fields.${key}`, value] as const);
    yield { line: i + 1, fields: { ...fields, ...Object.fromEntries(named) } };
  }
};

/** The first row has the names of the columns. @throws DomainError `malformed` while it is read, for what is no CSV */
export const sentAsCsv = (csv: string): SentCompanies => async function* rows() {
  const parser = parse({
    bom: true, columns: true, delimiter: delimiterOf(csv), info: true, relax_column_count: true, skip_empty_lines: true, trim: true, max_record_size: LONGEST_ROW,
  });
  const feed = function* feed(): Generator<string> {
    for (let at = 0; at < csv.length; at += PART) yield csv.slice(at, at + PART);
  };
  try {
    for await (const { record, info } of Readable.from(feed()).pipe(parser) as AsyncIterable<{ record: CompanyRow; info: { lines: number } }>) {
      yield { line: info.lines, fields: storable(record) as CompanyRow };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new DomainError({ kind: 'malformed', code: 'malformed', detail: `The body is not CSV: look at line ${String(error.lines)}` });
  }
};

/** Hands a table over piece by piece; it is used when intake has all of it. */
@Injectable()
export class Companies {
  constructor(private readonly requester: Requester) {}

  /**
   * @param clears whether a table without a row is to take the place of the former
   * @throws DomainError `invalid` for a table with too many companies, and for one of which no row is one: the former stays then
   */
  async replace(context: Context, sent: SentCompanies, { clears }: { clears: boolean }): Promise<{ companies: number; version: number; refused: number; problems: CompanyProblem[] }> {
    const upload_id = randomUUID();
    const problems: CompanyProblem[] = [];
    let refused = 0;
    let sentRows = 0;
    for await (const rows of piecesOf(sent())) {
      sentRows += rows.length;
      const answer = await this.requester.ask(AddCompanies, { context, upload_id, rows });
      refused += answer.problems.length;
      problems.push(...answer.problems.slice(0, MOST_PROBLEMS - problems.length));
    }
    if (refused > 0 && refused === sentRows) throw noCompanies(problems[0]);
    return { ...await this.requester.ask(ReplaceCompanies, { context, upload_id, clears }), refused, problems };
  }
}

const noCompanies = ({ line, detail }: CompanyProblem): DomainError =>
  DomainError.invalidField('(body)', 'no_companies', `(body) has no row that is a company, and the table stays as it was: line ${line}: ${detail}`);

async function* piecesOf(rows: AsyncIterable<Row>): AsyncGenerator<Row[]> {
  let piece: Row[] = [];
  let bytes = 0;
  let count = 0;
  for await (const row of rows) {
    count += 1;
    if (count > MOST_COMPANIES) throw DomainError.invalidField('(body)', 'too_many', `A table has at most ${MOST_COMPANIES} companies`);
    piece.push(row);
    bytes += Buffer.byteLength(JSON.stringify(row));
    if (piece.length < MOST_AT_ONCE && bytes < BYTES_AT_ONCE) continue;
    yield piece;
    piece = [];
    bytes = 0;
  }
  if (piece.length > 0) yield piece;
}
