import { CsvError, parse } from 'csv-parse/sync';
import { DomainError, isCurrency } from '@headwater/contracts';
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

/** The currency behind a name, as in `Amount spent (USD)`; `Cost (net)` and `Cost (all)` name none. */
const IN_CURRENCY = /^(.+)\(([A-Z]{3})\)\s*$/;

/** With thousands apart, and no doubt which sign parts them. */
const PARTED_NUMBER = /^[1-9]\d{0,2}(?:(?:,\d{3})+\.\d{1,2}|(?:\.\d{3})+,\d{1,2}|(?:,\d{3}){2,}|(?:\.\d{3}){2,}|(?:[ '\u00a0\u2019\u202f]\d{3})+(?:[.,]\d{1,2})?)$/;
/** Where fields are told apart by a comma, `1.250` is a little more than one, and "1,250" is more than a thousand; elsewhere nobody knows. */
const THOUSANDS_OR_DECIMALS = /^[1-9]\d{0,2}[.,]\d{3}$/;
const PLAIN_NUMBER = /^\d+(?:[.,]\d+)?$/;

/** An entry of spend as its row says it, and the line on which the row stands. */
export interface SpendRow { line: number; entry: Record<string, unknown> }

/**
 * Reads spend from CSV: comma, semicolon or tab; the first row names the columns, in any order.
 * @throws DomainError `malformed` for what is no CSV, `invalid` for columns that are missing, unknown or there twice
 */
export function readSpendCsv(text: string): SpendRow[] {
  const delimiter = delimiterOf(text);
  const [header, ...rows] = rowsOf(text, delimiter);
  const columns = columnsOf(header?.record ?? []);
  return rows.map(({ record, info }) => ({ line: info.lines, entry: entryOf(columns, record, delimiter) }));
}

interface Row { record: string[]; info: { lines: number } }

function rowsOf(text: string, delimiter: string): Row[] {
  try {
    return parse(text, { bom: true, delimiter, info: true, relax_column_count: true, skip_empty_lines: true, trim: true }) as unknown as Row[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new DomainError({ kind: 'malformed', code: 'malformed', detail: `The body is not CSV: look at line ${String(error.lines)}` });
  }
}

/** @param currency of the amounts in it */
interface Column { field: string; currency?: string }

function columnsOf(header: string[]): Column[] {
  const columns = header.map((name) => columnNamed(name) ?? columnIn(name));
  const fields = columns.map((column) => column?.field);
  const unknown = header.filter((_, i) => !fields[i]).map((name) => `The first row has a column "${name.slice(0, 60)}" that says nothing of spend`);
  const twice = fields.filter((field, i) => field && fields.indexOf(field) < i).map((field) => `The first row has the column ${field} twice`);
  const missing = REQUIRED.filter((field) => !fields.includes(field)).map((field) => `The first row has no column ${field}`);
  const wrong = [...missing, ...unknown, ...twice];
  if (wrong.length > 0) throw DomainError.invalid(wrong.map((detail) => ({ field: '(header)', code: 'wrong_columns', detail })));
  return columns as Column[];
}

function columnNamed(name: string): Column | undefined {
  const field = BY_NAME.get(name.toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim());
  return field ? { field } : undefined;
}

function columnIn(name: string): Column | undefined {
  const [, amount = '', currency = ''] = IN_CURRENCY.exec(name) ?? [];
  return columnNamed(amount)?.field === 'amount' && isCurrency(currency) ? { field: 'amount', currency } : undefined;
}

function entryOf(columns: Column[], record: string[], delimiter: string): Record<string, unknown> {
  const entry: Record<string, unknown> = Object.fromEntries(columns.flatMap(({ field }, i) => (record[i] ? [[field, valueOf(field, record[i], delimiter)] as const] : [])));
  const currency = columns.find((column, i) => column.currency && record[i])?.currency;
  // Two currencies are none, and refused with their row.
  if (currency) entry.currency = entry.currency && entry.currency !== currency ? `${currency} or ${String(entry.currency)}` : currency;
  // A value without a column is refused under a name of its own, with its row alone.
  return record.length > columns.length ? { ...entry, [`column ${columns.length + 1}`]: record[columns.length] } : entry;
}

function valueOf(field: string, text: string, delimiter: string): unknown {
  if (field === 'amount') return amountIn(text, delimiter);
  if (field === 'channel') return text.toLowerCase().replace(/[^a-z]+/g, '_');
  return field === 'currency' ? text.toUpperCase() : text;
}

/** @returns the text itself where it is no number, or may be either of two */
function amountIn(text: string, delimiter: string): number | string {
  if (PARTED_NUMBER.test(text)) return Number(text.replace(/[.,](?=\d{1,2}$)/, '_').replace(/[^\d_]/g, '').replace('_', '.'));
  if (THOUSANDS_OR_DECIMALS.test(text)) return delimiter === ',' ? Number(text.replace(',', '')) : text;
  return PLAIN_NUMBER.test(text) ? Number(text.replace(',', '.')) : text;
}
