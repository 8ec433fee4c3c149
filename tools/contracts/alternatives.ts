import type { JsonSchema } from '@headwater/contracts';

/** A JSON Schema, or `true` for anything and `false` for nothing. */
export type Schema = JsonSchema | boolean;

/** A schema of one type without `$ref`, `allOf`, `anyOf`, `oneOf` and `const`; of any type when it has no `type`. */
export type Alternative = JsonSchema & { type?: string; enum?: unknown[] };

type Unsplit = JsonSchema & { type?: string | string[]; enum?: unknown[] };

const LOWEST = new Set(['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties']);
const HIGHEST = new Set(['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties']);
const OF_SCHEMAS = new Set(['items', 'additionalProperties', 'propertyNames']);

/**
 * Takes schemas of one document apart into what a value of each may be.
 * @param root where `$ref`s (`#/…`) point into
 * @returns the same answer for the same object, so that recursive schemas can be recognised
 */
export function readerOf(root: Schema): (schema: Schema) => Alternative[] {
  const read = new WeakMap<object, Alternative[]>();
  return function alternativesOf(schema: Schema): Alternative[] {
    if (typeof schema === 'boolean') return schema ? [{}] : [];
    const known = read.get(schema);
    if (known) return known;
    const { $ref, allOf = [], anyOf, oneOf, ...own } = schema as JsonSchema & Partial<Record<'allOf' | 'anyOf' | 'oneOf', Schema[]>>;
    const parts = [...($ref === undefined ? [] : [target(root, String($ref))]), ...allOf].map(alternativesOf);
    const unions = [anyOf, oneOf].filter((union) => union !== undefined).map((union) => union.flatMap(alternativesOf));
    const whole = [...parts, ...unions].reduce<Unsplit[]>(
      (left, right) => left.flatMap((one) => right.map((other) => both(one, other))), [ownWords(own)]);
    const found = whole.flatMap(splitByType);
    read.set(schema, found);
    return found;
  };
}

/** @throws when the document has nothing there */
function target(root: Schema, $ref: string): Schema {
  const names = $ref.replace(/^#\/?/, '').split('/').filter(Boolean)
    .map((token) => decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~'));
  const found = names.reduce<unknown>((at, name) => (at as JsonSchema | undefined)?.[name], root);
  if (found === undefined || !$ref.startsWith('#')) throw new Error(`${$ref} points to nothing in its document`);
  return found as Schema;
}

const ownWords = ({ const: only, ...own }: JsonSchema): Unsplit => (only === undefined ? own : both(own, { enum: [only] }));

/** What is valid by both. */
function both(left: Unsplit, right: Unsplit): Unsplit {
  const merged: Unsplit = { ...left };
  for (const [keyword, value] of Object.entries(right)) {
    merged[keyword] = keyword in left ? intersection(keyword, left[keyword], value) : value;
  }
  return merged;
}

function intersection(keyword: string, left: unknown, right: unknown): unknown {
  if (isSame(left, right)) return left;
  if (keyword === 'type') return typesOf(left).flatMap((one) => typesOf(right).flatMap((other) => narrower(one, other)));
  if (keyword === 'enum') return (left as unknown[]).filter((value) => (right as unknown[]).some((other) => isSame(value, other)));
  if (keyword === 'required') return [...new Set([...left as string[], ...right as string[]])];
  if (keyword === 'properties') {
    const [ours, theirs] = [left, right] as Record<string, Schema>[];
    const shared = Object.keys(ours).filter((name) => name in theirs);
    return { ...ours, ...theirs, ...Object.fromEntries(shared.map((name) => [name, { allOf: [ours[name], theirs[name]] }])) };
  }
  if (LOWEST.has(keyword)) return Math.min(left as number, right as number);
  if (HIGHEST.has(keyword)) return Math.max(left as number, right as number);
  if (OF_SCHEMAS.has(keyword)) return { allOf: [left, right] };
  return `${JSON.stringify(left)} and ${JSON.stringify(right)}`; // two patterns, say: all that is asked of them is whether they stay
}

const typesOf = (type: unknown): string[] => [type].flat() as string[];
const narrower = (one: string, other: string): string[] =>
  (one === other ? [one] : [one, other].sort().join() === 'integer,number' ? ['integer'] : []);

/** `["string", "null"]` is two alternatives; of a list of values each gets those of its type. */
function splitByType(schema: Unsplit): Alternative[] {
  const { type, enum: values, ...rest } = schema;
  const types = type !== undefined ? typesOf(type) : values ? [...new Set(values.map(typeOf))] : [undefined];
  return types.flatMap((one): Alternative[] => {
    const alternative = one === undefined ? rest : { ...rest, type: one };
    if (!values) return [alternative];
    const fitting = values.filter((value) => covers(one, typeOf(value)));
    return fitting.length === 0 ? [] : [one === 'null' ? { ...rest, type: one } : { ...alternative, enum: fitting }];
  });
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

/** Whether every value of the inner type is of the outer one. Undefined is any type. */
export const covers = (outer: string | undefined, inner: string | undefined): boolean =>
  outer === undefined || outer === inner || (outer === 'number' && inner === 'integer');

/** Equal as JSON, whatever the order of members. */
export function isSame(left: unknown, right: unknown): boolean {
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return left === right;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length
    && keys.every((key) => key in right && isSame((left as JsonSchema)[key], (right as JsonSchema)[key]));
}
