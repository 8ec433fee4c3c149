import type { FieldError } from '@headwater/contracts';
import { shorten } from './contribution-lines';

export type JsonSchema = Readonly<Record<string, unknown>>;

type Complain = (value: unknown, path: string, errors: FieldError[]) => void;

/** Adds what is wrong with a value to the errors; `path` is dotted, '' for the document itself. What it says of a value alone is in `schema`, too. */
export type Check = Complain & { readonly schema: JsonSchema };

export const check = (schema: JsonSchema, complain: Complain): Check => Object.assign(complain, { schema });

export function report(errors: FieldError[], path: string, code: string, what: string): void {
  const field = path || 'document';
  errors.push({ field, code, detail: `${field} ${what}` });
}

type Members = Readonly<Record<string, Check>>;

const schemasOf = (members: Members): Record<string, JsonSchema> =>
  Object.fromEntries(Object.entries(members).map(([name, { schema }]) => [name, schema]));
const orNull = (schemas: Record<string, JsonSchema>): Record<string, JsonSchema> =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, { anyOf: [schema, { type: 'null' }] }]));

/** An object with exactly these members, and of the optional ones any; null stands for none of those. */
export const record = (members: Members, optional: Members = {}): Check => check({
  type: 'object', required: Object.keys(members), additionalProperties: false, properties: { ...schemasOf(members), ...orNull(schemasOf(optional)) },
}, (value, path, errors) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return report(errors, path, 'wrong_type', 'must be an object');
  }
  const given = value as Record<string, unknown>;
  const inside = (name: string) => (path ? `${path}.${name}` : name);
  for (const [name, member] of Object.entries(members)) {
    if (Object.hasOwn(given, name)) member(given[name], inside(name), errors);
    else report(errors, inside(name), 'required', 'is required');
  }
  for (const [name, member] of Object.entries(optional)) {
    if (Object.hasOwn(given, name) && given[name] !== null) member(given[name], inside(name), errors);
  }
  for (const name of Object.keys(given).filter((one) => !Object.hasOwn(members, one) && !Object.hasOwn(optional, one))) {
    report(errors, inside(shorten(name, 60)), 'unknown_field', 'is not a field of a scoring model');
  }
});

export const list = (item: Check, most: number, fewest = 0): Check => check({
  type: 'array', items: item.schema, minItems: fewest, maxItems: most,
}, (value, path, errors) => {
  if (!Array.isArray(value)) return report(errors, path, 'wrong_type', 'must be a list');
  if (value.length < fewest) return report(errors, path, 'too_few', `must have at least ${fewest} ${fewest === 1 ? 'item' : 'items'}`);
  if (value.length > most) return report(errors, path, 'too_many', `may have at most ${most} items`);
  value.forEach((one, i) => item(one, `${path}.${i}`, errors));
});

/** One of several shapes, told apart by a member that only one of them has; the last is meant where none has it. */
export const either = (shapes: Readonly<Record<string, Check>>): Check => check({
  anyOf: Object.values(shapes).map(({ schema }) => schema),
}, (value, path, errors) => {
  const names = Object.keys(shapes);
  const name = names.find((one) => typeof value === 'object' && value !== null && Object.hasOwn(value, one)) ?? names[names.length - 1];
  shapes[name](value, path, errors);
});

/** @param decimals of the value that are kept; undefined for any */
export const number = (lowest: number, highest: number, decimals?: number): Check => check({
  type: decimals === 0 ? 'integer' : 'number', minimum: lowest, maximum: highest,
}, (value, path, errors) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) return report(errors, path, 'wrong_type', 'must be a number');
  if (value < lowest) return report(errors, path, 'too_small', `must be at least ${lowest}`);
  if (value > highest) return report(errors, path, 'too_large', `must be at most ${highest}`);
  if (decimals !== undefined && Number(value.toFixed(decimals)) !== value) {
    report(errors, path, 'too_precise', decimals === 0 ? 'must be a whole number' : `may have at most ${decimals} decimals`);
  }
});

export const text = (longest: number): Check => check({ type: 'string', minLength: 1, maxLength: longest }, (value, path, errors) => {
  if (typeof value !== 'string') return report(errors, path, 'wrong_type', 'must be a text');
  if (value.trim() === '') return report(errors, path, 'required', 'must not be empty');
  if (value.length > longest) return report(errors, path, 'too_long', `may have at most ${longest} characters`);
  if (!isStorable(value)) report(errors, path, 'wrong_format', 'has characters that are no text');
});

export const oneOf = (values: readonly string[]): Check => check({ enum: values }, (value, path, errors) => {
  if (!values.includes(value as string)) report(errors, path, 'not_one_of', `must be one of ${values.join(', ')}`);
});

/** PostgreSQL keeps neither NUL nor half of a surrogate pair. */
export const isStorable = (value: string): boolean => !/\0|\p{Surrogate}/u.test(value);

interface Form { matches: (text: string) => boolean; inWords: string; pattern?: string }

/** A text of a certain form. */
export const formed = (longest: number, { matches, inWords, pattern }: Form): Check => {
  const inner = text(longest);
  return check({ ...inner.schema, ...(pattern ? { pattern } : {}), description: inWords }, (value, path, errors) => {
    const before = errors.length;
    inner(value, path, errors);
    if (errors.length === before && !matches(value as string)) report(errors, path, 'wrong_format', `must be ${inWords}`);
  });
};

/** Lists whose members are told apart by one of their fields. */
export const distinct = (key: string, inner: Check): Check => check(inner.schema, (value, path, errors) => {
  inner(value, path, errors);
  if (!Array.isArray(value)) return;
  const keys = value.map((item: Record<string, unknown> | null) => item?.[key]);
  keys.forEach((one, i) => {
    if (typeof one === 'string' && keys.indexOf(one) < i) report(errors, `${path}.${i}.${key}`, 'duplicate', `stands twice: "${one}"`);
  });
});
