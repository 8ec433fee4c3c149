import type { Condition } from './condition';

/** The fields that a checked condition asks for, each once, in the order in which it names them. */
export const fieldsOf = (condition: Condition): string[] => [...new Set(named(condition))];

function named(condition: Condition): string[] {
  if ('all' in condition) return condition.all.flatMap(named);
  if ('any' in condition) return condition.any.flatMap(named);
  if ('not' in condition) return named(condition.not);
  return 'field' in condition ? [condition.field] : [];
}
