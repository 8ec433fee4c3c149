import type { Comparison, Condition, Facts } from './condition';
import { comparable, factAt } from './evaluate';
import { operators } from './operators';

/**
 * A checked condition as a function that only says whether it holds: as `evaluate` does for any facts, without the trace and
 * no further than needed. For those who ask many conditions of each lead, and explain the one that held.
 */
export function compile(condition: Condition): (facts: Facts) => boolean {
  if ('all' in condition) {
    const parts = condition.all.map(compile);
    return (facts) => parts.every((holds) => holds(facts));
  }
  if ('any' in condition) {
    const parts = condition.any.map(compile);
    return (facts) => parts.some((holds) => holds(facts));
  }
  if ('not' in condition) {
    const inner = compile(condition.not);
    return (facts) => !inner(facts);
  }
  return 'always' in condition ? () => true : compileComparison(condition);
}

function compileComparison(comparison: Comparison): (facts: Facts) => boolean {
  const { field } = comparison;
  const { holds } = operators[comparison.op];
  const value = 'value' in comparison ? comparison.value : undefined;
  return (facts) => holds(comparable(field, factAt(field, facts), value), value);
}
