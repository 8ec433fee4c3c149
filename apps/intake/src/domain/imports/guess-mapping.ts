import { guessTarget } from '@headwater/inlets';
import type { ImportColumn } from '@headwater/contracts';

const LONGEST_NAME = 100;

/** Values that show by themselves what they are. */
const SHAPES: Readonly<Record<string, RegExp>> = {
  email: /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]{2,}$/,
  website: /^(https?:\/\/|www\.)\S+$/i,
  phone: /^(?=(?:\D*\d){7,15}\D*$)(\+|0|\()[\d\s()./-]+$/,
};
const LIKE_DATA = [...Object.values(SHAPES), /^[+-]?[\d.,' ]*\d[%€$£]?$/, /^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}/];
const MOSTLY = 0.8;

const isLikeData = (value: string): boolean => LIKE_DATA.some((shape) => shape.test(value.trim()));

/** Whether the first row names the columns: it has no value that is data by its looks. */
export const isHeader = ([first = []]: string[][]): boolean => first.some((cell) => cell.trim() !== '') && !first.some(isLikeData);

/**
 * Which field each column is meant for, by its header and by its values; no field is given twice. What is no field's becomes a
 * custom field of its name.
 * @param rows some of the file's, without the header
 */
export function guessMapping(headers: (string | null)[], rows: string[][]): ImportColumn[] {
  const guesses = headers.map((header, column) => guessOf(header ?? '', column, rows));
  // "Name, Vorname": beside a first name the name is the last one.
  if (has(guesses, 'first_name') && !has(guesses, 'last_name')) {
    for (const guess of guesses) if (/^name$/i.test(guess.header) && guess.field === 'full_name') guess.field = 'last_name';
  }
  settle(guesses);
  return guesses;
}

const has = (guesses: ImportColumn[], field: string): boolean => guesses.some((guess) => guess.field === field);

function guessOf(header: string, column: number, rows: string[][]): ImportColumn {
  const named = guessTarget(header);
  const values = rows.map((row) => row[column]?.trim() ?? '').filter(Boolean);
  const shape = shapeOf(values);
  const shown = header.trim() || `Column ${column + 1}`;
  if (isOurs(header) || (header.trim() === '' && values.length === 0)) return { column, header: shown, field: null, confidence: 1 };
  if (named && (!shape || shape === kindOf(named.path))) return { column, header: shown, field: named.path, confidence: named.confidence };
  // A header may be vague or wrong ("Contact", "Address"); addresses of e-mail are not.
  if (shape && (!named || (shape === 'email' && named.confidence < 1))) return { column, header: shown, field: shape, confidence: named ? 0.6 : 0.8 };
  return named ? { column, header: shown, field: named.path, confidence: named.confidence / 2 } : { column, header: shown, field: null, confidence: 0 };
}

/** What we added to the file when we gave refused rows back. */
const isOurs = (header: string): boolean => /^_(row|reason)$/.test(header.trim());

const kindOf = (field: string): string => (field === 'mobile' ? 'phone' : field);

function shapeOf(values: string[]): string | null {
  if (values.length === 0) return null;
  const found = Object.entries(SHAPES).find(([, shape]) => values.filter((value) => shape.test(value)).length >= values.length * MOSTLY);
  return found?.[0] ?? null;
}

/** Of several columns for one field the surest keeps it; a second phone is the mobile one. What is left is a custom field each. */
function settle(guesses: ImportColumn[]): void {
  const taken = new Set<string>();
  const names = new Set<string>();
  for (const guess of [...guesses].sort((a, b) => b.confidence - a.confidence)) {
    if (guess.field === null && guess.confidence === 1) continue;
    if (guess.field === 'phone' && taken.has('phone')) Object.assign(guess, { field: 'mobile', confidence: guess.confidence / 2 });
    if (guess.field && !taken.has(guess.field)) taken.add(guess.field);
    else Object.assign(guess, { field: customFieldOf(guess.header, names), confidence: guess.field ? 0.3 : 0.5 });
  }
}

/** The name of a custom field is the column's; of two with one name the second is numbered. */
function customFieldOf(header: string, names: Set<string>): string {
  const base = header.replace(/[\p{Cc}\p{Cs}\s]+/gu, ' ').replace(/^__proto__$/, 'proto').trim().slice(0, LONGEST_NAME - 5) || 'column';
  let name = base;
  for (let n = 2; names.has(name); n += 1) name = `${base} ${n}`;
  names.add(name);
  return `custom_fields.${name}`;
}
