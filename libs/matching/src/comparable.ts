import type { Comparable } from './agree';
import { companyAliases } from './company-aliases';
import { splitFullName } from './full-name';
import type { Kind } from './kind';
import { KINDS } from './kinds';
import type { MatchingModel } from './model';

/** Is split into first and last name where neither is given. */
export const FULL_NAME = 'full_name';

/**
 * What is compared of a record: its values normalised by the kinds of the model's fields, without what is empty.
 * A company that goes by several names has the first of them. @param values as they were written, by field; `full_name` besides
 */
export function comparableOf(values: Readonly<Record<string, string | null | undefined>>, model: MatchingModel): Comparable {
  const comparable: Record<string, string> = {};
  const named: Values = { ...values, ...nameOf(values) };
  const aliases = companyAliases(model);
  for (const { name, kind } of kindsOf(model)) {
    const value = named[name];
    const normal = value && !saysNothing(value) ? kind.normalise(value) : null;
    if (normal) comparable[name] = kind === KINDS.company ? aliases.get(normal) ?? normal : normal;
  }
  return comparable;
}

/** How people fill a field that must be filled; none of it is anybody's name. */
const NOTHING = new Set(['n/a', 'none', 'unknown', 'undefined', 'not known', 'not available', 'not applicable', 'not provided']);
const LONGEST = Math.max(...[...NOTHING].map(({ length }) => length));

function saysNothing(value: string): boolean {
  const trimmed = value.trim();
  return trimmed.length <= LONGEST && NOTHING.has(trimmed.toLowerCase());
}

type Values = Readonly<Record<string, string | null | undefined>>;
type Name = Partial<Record<'first_name' | 'last_name', string | null>>;

/** What only fills a field is no name, nor are its words in two boxes ("Not" and "available"): the full name has it then, if anything. */
function nameOf({ first_name, last_name, full_name }: Values): Name {
  const isNamed = said([first_name, last_name].filter(Boolean).join(' '));
  const parts = { first_name: isNamed && said(first_name), last_name: isNamed && said(last_name) };
  return parts.first_name || parts.last_name ? parts : { ...parts, ...nameIn(said(full_name)) };
}

const said = (value: string | null | undefined): string | null => (value?.trim() && !saysNothing(value) ? value.trim() : null);

function nameIn(full: string | null): Name {
  if (!full) return {};
  const { first, last } = splitFullName(full);
  return { first_name: first, last_name: last };
}

/** Records come by the thousand, models don't. */
const kindsByModel = new WeakMap<MatchingModel, { name: string; kind: Kind }[]>();

function kindsOf(model: MatchingModel): { name: string; kind: Kind }[] {
  const known = kindsByModel.get(model) ?? model.fields.map(({ name, kind }) => ({ name, kind: KINDS[kind]! }));
  kindsByModel.set(model, known);
  return known;
}
