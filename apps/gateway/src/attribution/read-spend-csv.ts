import { CsvError, parse } from 'csv-parse/sync';
import { DomainError } from '@headwater/contracts';
import { delimiterOf } from '../input/csv-text';

/** Names of columns, as ad tools export them. */
const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  campaign: ['campaign', 'campaign code', 'campaign name', 'utm campaign'],
  channel: ['channel'],
  from: ['from', 'date', 'day', 'start', 'start date', 'from date', 'reporting starts'],
  to: ['to', 'end', 'end date', 'to date', 'reporting ends'],
  amount: ['amount', 'cost', 'spend', 'amount spent'],
  currency: ['currency', 'currency code'],
  external_id: ['external id', 'id'],
};
const BY_NAME = new Map(Object.entries(COLUMNS).flatMap(([field, names]) => names.map((name) => [name, field] as const)));
const REQUIRED = ['campaign', 'from', 'amount'];

const PLAIN_NUMBER = /^\d+(?:[.,]\d+)?$/;

/** An entry of spend as its row says it, and the line on which the row stands. */
export interface SpendRow { line: number; entry: Record<string, unknown> }

/**
 * Reads spend from CSV: comma, semicolon or tab; the first row names the columns, in any order.
 * @throws DomainError `malformed` for what is no CSV, `invalid` for columns that are missing, unknown or there twice
 */
export function readSpendCsv(text: string): SpendRow[] {
  const [header, ...rows] = rowsOf(text);
  const fields = fieldsOf(header?.record ?? []);
  return rows.map(({ record, info }) => ({ line: info.lines, entry: entryOf(fields, record) }));
}

interface Row { record: string[]; info: { lines: number } }

function rowsOf(text: string): Row[] {
  try {
    return parse(text, { bom: true, delimiter: delimiterOf(text), info: true, relax_column_count: true, skip_empty_lines: true, trim: true }) as unknown as Row[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new DomainError({ kind: 'malformed', code: 'malformed', detail: `The body is not CSV: look at line ${String(error.lines)}` });
  }
}

function fieldsOf(header: string[]): string[] {
  const fields = header.map((name) => BY_NAME.get(name.toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim()));
  const unknown = header.filter((_, i) => !fields[i]).map((name) => `The first row has a column "${name.slice(0, 60)}" that says nothing of spend`);
  const twice = fields.filter((field, i) => field && fields.indexOf(field) < i).map((field) => `The first row has the column ${field} twice`);
  const missing = REQUIRED.filter((field) => !fields.includes(field)).map((field) => `The first row has no column ${field}`);
  const wrong = [...missing, ...unknown, ...twice];
  if (wrong.length > 0) throw DomainError.invalid(wrong.map((detail) => ({ field: '(header)', code: 'wrong_columns', detail })));
  return fields as string[];
}

function entryOf(fields: string[], record: string[]): Record<string, unknown> {
  const entry = Object.fromEntries(fields.flatMap((field, i) => (record[i] ? [[field, valueOf(field, record[i])] as const] : [])));
  // A value without a column is refused under a name of its own, with its row alone.
  return record.length > fields.length ? { ...entry, [`column ${fields.length + 1}`]: record[fields.length] } : entry;
}

function valueOf(field: string, text: string): unknown {
  if (field === 'amount' && PLAIN_NUMBER.test(text)) return Number(text.replace(',', '.'));
  if (field === 'channel') return text.toLowerCase().replace(/[^a-z]+/g, '_');
  return field === 'currency' ? text.toUpperCase() : text;
}
