import { asTyped } from './as-typed';
import { isMissing } from './compare';
import { CUSTOM_FIELDS, type Comparison, type Condition, type Facts, type Operator } from './condition';
import { operators } from './operators';
import { shorten } from './text';

/**
 * The condition again, with what came of each part; plain JSON, to be stored with the decision. `all` and `any` are
 * evaluated to the end, so that a trace also shows what else would have had to change.
 */
export type Trace =
  | { readonly holds: boolean; readonly all: readonly Trace[] }
  | { readonly holds: boolean; readonly any: readonly Trace[] }
  | { readonly holds: boolean; readonly not: Trace }
  | { readonly holds: true; readonly always: true }
  | ComparisonTrace;

export interface ComparisonTrace {
  readonly holds: boolean;
  readonly field: string;
  readonly op: Operator;
  /** undefined for `exists` and `missing` */
  readonly value?: unknown;
  readonly found: Found;
}

/** The fact that was found, shortened where it is long; null when it is missing. */
export type Found = FoundItem | readonly FoundItem[];
type FoundItem = string | number | boolean | null;

const MAX_FOUND_TEXT = 200;
const MAX_FOUND_ITEMS = 20;

/**
 * Whether a checked condition holds for these facts, and why. It never throws, whatever the facts are. How a fact that is
 * missing or of another type counts is said at `operators`.
 */
export function evaluate(condition: Condition, facts: Facts): { holds: boolean; trace: Trace } {
  const trace = traceOf(condition, facts);
  return { holds: trace.holds, trace };
}

function traceOf(condition: Condition, facts: Facts): Trace {
  if ('all' in condition) {
    const all = condition.all.map((part) => traceOf(part, facts));
    return { holds: all.every((part) => part.holds), all };
  }
  if ('any' in condition) {
    const any = condition.any.map((part) => traceOf(part, facts));
    return { holds: any.some((part) => part.holds), any };
  }
  if ('not' in condition) {
    const not = traceOf(condition.not, facts);
    return { holds: !not.holds, not };
  }
  if ('always' in condition) return { holds: true, always: true };
  return compare(condition, facts);
}

function compare(comparison: Comparison, facts: Facts): ComparisonTrace {
  const { field, op } = comparison;
  const value = 'value' in comparison ? comparison.value : undefined;
  const fact = factAt(field, facts);
  const holds = operators[op].holds(comparable(field, fact, value), value);
  return { holds, field, op, value, found: foundOf(fact) };
}

/** A fact as it is compared with a value: of custom fields nobody has declared the type. */
export const comparable = (field: string, fact: unknown, value: unknown): unknown =>
  (field.startsWith(CUSTOM_FIELDS) ? asTyped(fact, value) : fact);

export function factAt(field: string, facts: Facts): unknown {
  if (field.startsWith(CUSTOM_FIELDS)) {
    return ownMember(ownMember(facts, 'custom_fields'), field.slice(CUSTOM_FIELDS.length));
  }
  return field.split('.').reduce<unknown>(ownMember, facts);
}

/** Own members only, so that a field named `constructor` finds nothing that isn't in the facts. */
function ownMember(holder: unknown, name: string): unknown {
  if (typeof holder !== 'object' || holder === null || Array.isArray(holder)) return undefined;
  return Object.hasOwn(holder, name) ? (holder as Record<string, unknown>)[name] : undefined;
}

function foundOf(fact: unknown): Found {
  if (isMissing(fact)) return null;
  return Array.isArray(fact) ? fact.slice(0, MAX_FOUND_ITEMS).map(foundItem) : foundItem(fact);
}

function foundItem(fact: unknown): FoundItem {
  if (typeof fact === 'string') return shorten(fact, MAX_FOUND_TEXT);
  if (typeof fact === 'number' || typeof fact === 'boolean') return fact;
  return fact === null || fact === undefined ? null : '…';
}
