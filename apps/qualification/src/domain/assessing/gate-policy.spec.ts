import type { QualificationGate } from '@headwater/contracts';
import { gateNotPassed } from './gate-answers';
import { BUILT_IN } from './frameworks';
import { chooseGate, compileGates, requiredOf, tryGate } from './gate-policy';
import type { SaidOfElement } from './standing';

const BANT = BUILT_IN.get('bant')!;
const said = (element: string, proposed = false): SaidOfElement => ({
  framework: 'bant', element, status: 'confirmed', value: null, details: null, evidence: [], confidence: null, by: 'Mia', at: '2026-01-10T09:00:00.000Z', proposal_id: null, proposed,
});
const ALL = BANT.document.elements.map(({ name }) => said(name));
const lacks = (gate: QualificationGate, all = ALL, facts: object = {}) => tryGate({ segment: null, gate }, BANT, all, facts as never).lacks;

it('is that of the first segment whose condition holds, else the default one', () => {
  const gates = compileGates({ version: 1, document: {
    segments: [
      { name: 'large', when: { field: 'employees', op: 'gte', value: 1000 }, gate: 'enforce' }, { name: 'hot', when: { field: 'score.temperature', op: 'eq', value: 'hot' }, gate: 'warn' },
    ], default: { gate: 'none' },
  } });
  expect(gates.asksForLead).toBe(true);
  expect([{ employees: 5000, score: { temperature: 'hot' } }, { score: { temperature: 'hot' } }, {}].map((facts) => chooseGate(gates, facts).segment)).toEqual(['large', 'hot', null]);
});

it('asks for the lead only where a segment or a condition does', () => {
  const asks = (gate: QualificationGate) => compileGates({ version: 1, document: { default: gate } }).asksForLead;
  const conditions = [{ name: 'c', when: { always: true } }];
  expect([asks({ gate: 'enforce', min_score: 50 }), asks({ gate: 'warn', conditions }), asks({ gate: 'none', conditions })]).toEqual([false, true, false]);
});

it('counts what was only read where it warns, and not where it is enforced, unless it says so', () => {
  const read = BANT.document.elements.map(({ name }) => said(name, true));
  expect([lacks({ gate: 'warn' }, read), lacks({ gate: 'enforce' }, read), lacks({ gate: 'enforce', count_proposals: true }, read), lacks({ gate: 'warn', count_proposals: false }, read)]
    .map(({ length }) => length)).toEqual([0, 4, 0, 4]);
});

it('wants other elements, a score and conditions where it says so', () => {
  expect(lacks({ gate: 'warn', requires: [{ element: 'need', at_least: 'unknown' }] }, ALL.filter(({ element }) => element !== 'need'))).toEqual([]);
  expect(lacks({ gate: 'warn', min_score: 100 }, ALL.slice(1))).toMatchObject([{ kind: 'element', element: 'budget' }, { kind: 'score', score: 75 }]);
  const conditions = [{ name: 'large', when: { field: 'employees', op: 'gte', value: 500 } }];
  expect(lacks({ gate: 'warn', conditions }, ALL, { employees: 20 })).toMatchObject([{ kind: 'condition', condition: 'large', detail: expect.stringMatching(/^The condition large does not hold: employees/) }]);
  expect(lacks({ gate: 'warn', conditions }, ALL, { employees: 500 })).toEqual([]);
});

it('says in a sentence that fits what is missing', () => {
  const conditions = Array.from({ length: 20 }, (_, i) => ({ name: `c${i}`, when: { field: 'employees', op: 'gte', value: 500 }, message: 'x'.repeat(100) }));
  const { detail, more } = gateNotPassed(tryGate({ segment: null, gate: { gate: 'enforce', conditions } }, BANT, ALL, {})).body;
  expect(detail).toMatch(/And 17 more$/);
  expect(detail.length).toBeLessThanOrEqual(500);
  expect(more!.lacks).toHaveLength(20);
});

it('knows the elements of a framework that it asks for', () => {
  expect(requiredOf({
    segments: [{ name: 'a', when: { always: true }, gate: 'warn', framework: 'meddic', requires: [{ element: 'champion', at_least: 'weak' }] }],
    default: { gate: 'warn', conditions: [{ name: 'c', when: { any: [{ field: 'assessment.score', op: 'gte', value: 1 }, { not: { field: 'assessment.need', op: 'eq', value: 'weak' } }] } }] },
  }, 'bant')).toEqual(['need']);
});
