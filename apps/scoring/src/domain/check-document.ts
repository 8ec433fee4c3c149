import type { FieldError } from '@headwater/contracts';
import { shorten } from './contribution-lines';

/** Adds what is wrong with a value to the errors; `path` is dotted, '' for the document itself. */
export type Check = (value: unknown, path: string, errors: FieldError[]) => void;

export function report(errors: FieldError[], path: string, code: string, what: string): void {
  const field = path || 'document';
  errors.push({ field, code, detail: `${field} ${what}` });
}

/** An object with exactly these members, and of the optional ones any. */
export const record = (members: Readonly<Record<string, Check>>, optional: Readonly<Record<string, Check>> = {}): Check => (value, path, errors) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return report(errors, path, 'wrong_type', 'must be an object');
  }
  const given = value as Record<string, unknown>;
  const inside = (name: string) => (path ? `${path}.${name}` : name);
  for (const [name, check] of Object.entries(members)) {
    if (Object.hasOwn(given, name)) check(given[name], inside(name), errors);
    else report(errors, inside(name), 'required', 'is required');
  }
  for (const [name, check] of Object.entries(optional)) {
    if (Object.hasOwn(given, name) && given[name] !== null) check(given[name], inside(name), errors);
  }
  for (const name of Object.keys(given).filter((one) => !Object.hasOwn(members, one) && !Object.hasOwn(optional, one))) {
    report(errors, inside(shorten(name, 60)), 'unknown_field', 'is not a field of a scoring model');
  }
};

export const list = (item: Check, most: number): Check => (value, path, errors) => {
  if (!Array.isArray(value)) return report(errors, path, 'wrong_type', 'must be a list');
  if (value.length > most) return report(errors, path, 'too_many', `may have at most ${most} items`);
  value.forEach((one, i) => item(one, `${path}.${i}`, errors));
};

/** @param decimals of the value that are kept; undefined for any */
export const number = (lowest: number, highest: number, decimals?: number): Check => (value, path, errors) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) return report(errors, path, 'wrong_type', 'must be a number');
  if (value < lowest) return report(errors, path, 'too_small', `must be at least ${lowest}`);
  if (value > highest) return report(errors, path, 'too_large', `must be at most ${highest}`);
  if (decimals !== undefined && Number(value.toFixed(decimals)) !== value) {
    report(errors, path, 'too_precise', decimals === 0 ? 'must be a whole number' : `may have at most ${decimals} decimals`);
  }
};

export const text = (longest: number): Check => (value, path, errors) => {
  if (typeof value !== 'string') return report(errors, path, 'wrong_type', 'must be a text');
  if (value.trim() === '') return report(errors, path, 'required', 'must not be empty');
  if (value.length > longest) return report(errors, path, 'too_long', `may have at most ${longest} characters`);
  if (!isStorable(value)) report(errors, path, 'wrong_format', 'has characters that are no text');
};

/** PostgreSQL keeps neither NUL nor half of a surrogate pair. */
export const isStorable = (value: string): boolean => !/\0|\p{Surrogate}/u.test(value);

/** A list of texts, none of them empty. */
export const names = (most: number, longest: number, form?: RegExp, formInWords?: string): Check =>
  list((value, path, errors) => {
    const before = errors.length;
    text(longest)(value, path, errors);
    if (errors.length === before && form && !form.test(value as string)) report(errors, path, 'wrong_format', `must be ${formInWords}`);
  }, most);
