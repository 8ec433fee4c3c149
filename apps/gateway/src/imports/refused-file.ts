import { stringify } from 'csv-stringify/sync';
import { ListRefusedRows, type AnswerOf, type Context } from '@headwater/contracts';
import type { Requester } from '@headwater/messaging';

const PART = 500;
/** Columns of ours; who sends the file in again, corrected, may leave them: they are not read. */
const OURS = ['_row', '_reason'];
/** Without it Excel takes UTF-8 for something else, and saves what it has made of the names. */
const MARK = '\ufeff';

/**
 * The refused rows of an import as a CSV file: the columns of the file that was sent, and behind them the row's number and why it was refused.
 * Fields beyond those columns stand behind ours, and so does a row whose fields can't be told: nothing is lost, and sent in again as it is the
 * row is refused again. What a spreadsheet would take for a formula has an apostrophe before it. Parts are asked for as they are taken.
 */
export async function* refusedFile(
  requester: Requester, context: Context, importId: number, first: AnswerOf<typeof ListRefusedRows>,
): AsyncGenerator<string> {
  const { headers } = first;
  yield MARK + lines([[...headers, ...OURS]]);
  for (let part = first; part.rows.length > 0;) {
    yield lines(part.rows.map(({ row, because, fields, text }) => [
      ...headers.map((_, i) => fields[i] ?? ''), String(row), because, ...(text === undefined ? fields.slice(headers.length) : [text]),
    ]));
    if (part.rows.length < PART) return;
    part = await refusedPart(requester, context, importId, part.rows[part.rows.length - 1].row);
  }
}

export const refusedPart = (requester: Requester, context: Context, importId: number, after: number): Promise<AnswerOf<typeof ListRefusedRows>> =>
  requester.ask(ListRefusedRows, { context, import_id: importId, after, limit: PART });

const lines = (rows: string[][]): string => stringify(rows, { escape_formulas: true, record_delimiter: 'windows' });
