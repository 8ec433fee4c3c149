import * as fc from 'fast-check';
import { condition, facts, fields } from '../test/arbitrary-conditions';
import { checkCondition, compile, evaluate, explain, type Condition, type Facts, type Problem, type Trace } from '.';

describe('for every condition and all facts', () => {
  test('evaluating never throws, and the root of the trace says what holds', () => {
    fc.assert(fc.property(condition, facts, (given, known) => {
      const { holds, trace } = evaluate(given, known);
      expect(typeof holds).toBe('boolean');
      expect(trace.holds).toBe(holds);
    }));
  });

  test('compiled it holds exactly when it does evaluated', () => {
    fc.assert(fc.property(condition, facts, (given, known) => expect(compile(given)(known)).toBe(evaluate(given, known).holds)));
  });

  test('each part of the trace follows from its parts', () => {
    fc.assert(fc.property(condition, facts, (given, known) => expectConsistent(evaluate(given, known).trace)));
  });

  test('the trace survives being stored as JSON, and explains itself alike', () => {
    fc.assert(fc.property(condition, facts, (given, known) => {
      const { trace } = evaluate(given, known);
      const stored = JSON.parse(JSON.stringify(trace)) as Trace;
      expect(explain(stored)).toBe(explain(trace));
      expect(explain(trace)).not.toBe('');
    }));
  });

  test('De Morgan: not all is any not, not any is all not', () => {
    fc.assert(fc.property(fc.array(condition, { minLength: 1, maxLength: 4 }), facts, (parts, known) => {
      const negated = parts.map((part) => ({ not: part }));
      expect(holds({ not: { all: parts } }, known)).toBe(holds({ any: negated }, known));
      expect(holds({ not: { any: parts } }, known)).toBe(holds({ all: negated }, known));
    }));
  });

  test.each([
    ['ne', 'eq'], ['not_in', 'in'], ['missing', 'exists'],
  ])('%s holds exactly when %s does not', (negative, positive) => {
    const asks = condition.filter((given) => 'op' in given && given.op === negative);
    fc.assert(fc.property(asks, facts, (given, known) => {
      expect(holds(given, known)).toBe(!holds({ ...given, op: positive } as Condition, known));
    }), { numRuns: 30 });
  });

  test('with nothing known, only missing, ne and not_in hold', () => {
    const asks = condition.filter((given) => 'op' in given);
    fc.assert(fc.property(asks, fc.constantFrom<Facts>({}, { country: null, tags: [], job_title: ' ' }), (given, known) => {
      expect(holds(given, known)).toBe('op' in given && ['missing', 'ne', 'not_in'].includes(given.op));
    }));
  });
});

describe('for every document', () => {
  test('what is a condition is accepted', () => {
    fc.assert(fc.property(condition, (given) => expect(checkCondition(given, fields)).toEqual([])));
  });

  test('checking never throws, what is accepted can be evaluated, and what is rejected names places in it', () => {
    fc.assert(fc.property(almostCondition, facts, (document, known) => {
      const problems = checkCondition(document, fields);
      if (problems.length === 0) evaluate(document as Condition, known);
      for (const problem of problems) expectPlaceIn(document, problem);
    }), { numRuns: 500 });
  });
});

const holds = (given: Condition, known: Facts): boolean => evaluate(given, known).holds;

const keys = fc.constantFrom('all', 'any', 'not', 'always', 'field', 'op', 'value', 'a/b~c');

const almostCondition = fc.letrec((tie) => ({
  document: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<unknown>(true, null, '', 'country', 'eq', 'DE', 7),
    condition,
    fc.array(tie('document'), { maxLength: 3 }),
    fc.dictionary(keys, tie('document'), { maxKeys: 3 }),
    fc.record({
      field: fc.constantFrom('country', 'tags', 'nonsense'),
      op: fc.constantFrom('eq', 'gt', 'is'),
      value: tie('document'),
    }),
    fc.jsonValue(),
  ),
})).document;

function expectConsistent(trace: Trace): void {
  if ('all' in trace) {
    expect(trace.holds).toBe(trace.all.every((part) => part.holds));
    trace.all.forEach(expectConsistent);
  } else if ('any' in trace) {
    expect(trace.holds).toBe(trace.any.some((part) => part.holds));
    trace.any.forEach(expectConsistent);
  } else if ('not' in trace) {
    expect(trace.holds).toBe(!trace.not.holds);
    expectConsistent(trace.not);
  }
}

/** The last step may name what is not there (a missing value); everything before it must be there. */
function expectPlaceIn(document: unknown, { path, message }: Problem): void {
  const steps = path.split('/').slice(1).map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const place = steps.slice(0, -1).reduce((inner, step) => (inner as Record<string, unknown>)[step], document);
  expect(steps.length === 0 || (typeof place === 'object' && place !== null)).toBe(true);
  expect(message).toMatch(/^\S.*\.$/);
}
