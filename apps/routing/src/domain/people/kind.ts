import { fieldError, type FieldError } from '@headwater/contracts';

/** Something else of the tenant's that a record names by id. */
export interface Reference {
  /** where it stands in the record */
  readonly field: string;
  readonly to: 'rep' | 'team' | 'territory' | 'calendar';
  readonly id: number;
}

/**
 * What is the same of reps, teams, territories and leave: how a record is brought into one form, and what keeps it from being one.
 * `Stored` is what is kept of it, besides its id.
 */
export interface PeopleRules<Stored> {
  /** as an error names it */
  readonly noun: string;
  /** what a field is that nobody gave, or that was emptied */
  readonly absent: Partial<Stored>;
  /** fields that no two records share, whatever their capitals */
  readonly unique: string | null;
  /** in one spelling, each entry of a list once */
  tidy(stored: Stored): Stored;
  /** of a tidy record: everything that is wrong with it by itself */
  check(stored: Stored): FieldError[];
  references(stored: Stored): Reference[];
}

/** A record from what was sent of it. @param before what is stored of it; of a new one nothing */
export function recordOf<Stored extends object>(rules: PeopleRules<Stored>, sent: Partial<Stored>, before?: Stored): Stored {
  const given = Object.entries(sent).filter(([, value]) => value !== undefined)
    .map(([field, value]) => [field, value ?? (rules.absent as Record<string, unknown>)[field] ?? null]);
  return rules.tidy({ ...rules.absent, ...before, ...Object.fromEntries(given) } as Stored);
}

/** The fields in which two states of a record differ, as they were and as they are; null when they don't. */
export function difference(before: object | null, after: object): { before: object | null; after: object } | null {
  if (!before) return { before: null, after };
  const [was, is] = [before as Record<string, unknown>, after as Record<string, unknown>];
  const changed = Object.keys(is).filter((field) => !same(was[field], is[field]));
  if (changed.length === 0) return null;
  const only = (from: Record<string, unknown>) => Object.fromEntries(changed.map((field) => [field, from[field] ?? null]));
  return { before: only(was), after: only(is) };
}

/** Whatever order the fields of documents are in. */
function same(left: unknown, right: unknown): boolean {
  if (left === right || (left == null && right == null)) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  const [one, other] = [left as Record<string, unknown>, right as Record<string, unknown>];
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].every((key) => same(one[key], other[key]));
}

export const distinct = <Item>(items: readonly Item[], keyOf: (item: Item) => unknown = (item) => item): Item[] =>
  [...new Map(items.map((item) => [keyOf(item), item])).values()];

/** A name that shows nothing names nobody. */
export const checkName = (field: string, name: string): FieldError[] =>
  (name === '' ? [fieldError(field, 'required', `${field} must not be empty`)] : []);
