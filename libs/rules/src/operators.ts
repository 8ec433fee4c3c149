import { difference, isMissing, isSame } from './compare';
import type { FieldType, Operator } from './condition';
import { fold, wordsOf } from './text';

export type DeclaredType = Exclude<FieldType, 'any'>;

export interface OperatorRule {
  /** the types of field that it can be asked of */
  readonly asksOf: readonly DeclaredType[];
  /** what stands in `value`: nothing, one value, a list of them, or [lowest, highest] */
  readonly takes: 'nothing' | 'one' | 'list' | 'range';
  /** for any fact; the value is what `checkCondition` lets through */
  readonly holds: (fact: unknown, value: unknown) => boolean;
}

const SCALARS = ['text', 'number', 'boolean', 'date'] as const;
const ORDERED = ['number', 'date'] as const;
const EVERY = [...SCALARS, 'text_list'] as const;

const compares = (accepts: (difference: number) => boolean): OperatorRule =>
  ({ asksOf: ORDERED, takes: 'one', holds: (fact, value) => accepts(difference(fact, value)) });

const readsText = (accepts: (fact: string, value: string) => boolean, prepare = fold): OperatorRule => ({
  asksOf: ['text'],
  takes: 'one',
  holds: (fact, value) => typeof fact === 'string' && accepts(prepare(fact), prepare(value as string)),
});

const isIn = (fact: unknown, values: unknown): boolean => (values as unknown[]).some((value) => isSame(fact, value));

/** In time that grows with both lists together, not with their product. */
const readsList = (accepts: (values: string[], isListed: (value: string) => boolean) => boolean): OperatorRule => ({
  asksOf: ['text_list'],
  takes: 'list',
  holds: (fact, values) => {
    const texts = Array.isArray(fact) ? fact.filter((item): item is string => typeof item === 'string') : [];
    const items = new Set(texts.map(fold));
    return accepts(values as string[], (value) => items.has(fold(value)));
  },
});

const isBetween = (fact: unknown, range: unknown): boolean => {
  const [lowest, highest] = range as [unknown, unknown];
  return difference(fact, lowest) >= 0 && difference(fact, highest) <= 0;
};

/**
 * A fact that is missing, or of another type than the value, makes every comparison false, so that a rule never matches
 * on what nobody knows. `missing` asks for just that. `ne` and `not_in` hold, since they are the exact negation of `eq`
 * and `in`: "not in Germany" includes leads without a country, and whoever doesn't mean them adds `exists`.
 */
export const operators: Readonly<Record<Operator, OperatorRule>> = {
  eq: { asksOf: SCALARS, takes: 'one', holds: isSame },
  ne: { asksOf: SCALARS, takes: 'one', holds: (fact, value) => !isSame(fact, value) },
  in: { asksOf: SCALARS, takes: 'list', holds: isIn },
  not_in: { asksOf: SCALARS, takes: 'list', holds: (fact, values) => !isIn(fact, values) },
  gt: compares((difference) => difference > 0),
  gte: compares((difference) => difference >= 0),
  lt: compares((difference) => difference < 0),
  lte: compares((difference) => difference <= 0),
  between: { asksOf: ORDERED, takes: 'range', holds: isBetween },
  contains: readsText((fact, value) => fact.includes(value)),
  starts_with: readsText((fact, value) => fact.startsWith(value)),
  ends_with: readsText((fact, value) => fact.endsWith(value)),
  matches_word: readsText((fact, value) => fact.includes(value), wordsOf),
  has_any: readsList((values, isListed) => values.some(isListed)),
  has_all: readsList((values, isListed) => values.every(isListed)),
  exists: { asksOf: EVERY, takes: 'nothing', holds: (fact) => !isMissing(fact) },
  missing: { asksOf: EVERY, takes: 'nothing', holds: isMissing },
};
