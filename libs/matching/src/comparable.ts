import type { Comparable } from './agree';
import { companyAliases } from './company-aliases';
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
  const named = withNameSplit(values);
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

/** "Ann Mary Ito" and "Ito, Ann Mary": the last word, or what stands before the comma, is the family's. */
function withNameSplit(values: Values): Values {
  const full = values[FULL_NAME]?.trim();
  if (!full || values.first_name || values.last_name) return values;
  const [, family, given] = /^([^,]+),([^,]+)$/.exec(full) ?? [];
  if (family && given) return { ...values, first_name: given, last_name: family };
  const words = full.split(/\s+/);
  const first = words.slice(0, -1).join(' ');
  return { ...values, ...(first && { first_name: first }), last_name: words.at(-1)! };
}

/** Records come by the thousand, models don't. */
const kindsByModel = new WeakMap<MatchingModel, { name: string; kind: Kind }[]>();

function kindsOf(model: MatchingModel): { name: string; kind: Kind }[] {
  const known = kindsByModel.get(model) ?? model.fields.map(({ name, kind }) => ({ name, kind: KINDS[kind]! }));
  kindsByModel.set(model, known);
  return known;
}
