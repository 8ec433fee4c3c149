import { ELEMENT_STATUSES, type ElementStatus } from '@headwater/contracts';
import fc from 'fast-check';
import { assess, summaryOf } from './assess';
import { BUILT_IN, pointsOf, type NamedFramework } from './frameworks';
import { openProposals, standingOf, type SaidOfElement } from './standing';

const BANT = BUILT_IN.get('bant')!;
const said = (element: string, status: ElementStatus, given: Partial<SaidOfElement> = {}): SaidOfElement => ({
  framework: 'bant', element, status, value: null, details: null, evidence: [], confidence: null, by: 'Mia', at: '2026-01-10T09:00:00.000Z',
  proposal_id: null, proposed: false, ...given,
});
const proposed = (element: string, status: ElementStatus, at: string): SaidOfElement =>
  said(element, status, { by: 'notes-reader', at, proposed: true, proposal_id: 1 });

const anyStatus = fc.constantFrom(...ELEMENT_STATUSES);
const anyDay = fc.integer({ min: 1, max: 28 }).map((day) => `2026-01-${String(day).padStart(2, '0')}T09:00:00.000Z`);
const anySaid = fc.array(fc.record({ element: fc.constantFrom('budget', 'authority', 'need', 'timeline'), status: anyStatus, at: anyDay, proposed: fc.boolean() })
  .map(({ element, status, at, proposed: isProposed }) => said(element, status, { at, proposed: isProposed, by: isProposed ? 'notes-reader' : 'Mia' })), { maxLength: 12 });
/** Weights that are together 100. */
const anyFramework = fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 9 }).map((cuts): NamedFramework => {
  const bounds = [0, ...[...cuts].sort((a, b) => a - b), 100];
  return { name: 'own', version: 1, document: { label: 'Own', elements: bounds.slice(1).map((bound, i) => ({ name: `e${i}`, label: `E${i}`, weight: bound - bounds[i] })) } };
});

it.each([...BUILT_IN.values()])('the weights of $name are together 100', ({ document }) => {
  expect(document.elements.reduce((sum, { weight }) => sum + weight, 0)).toBe(100);
});

it.each<[ElementStatus, number]>([['unknown', 0], ['weak', 6], ['partial', 15], ['confirmed', 25]])('of 25 points %s is worth %i', (status, points) => {
  expect(pointsOf(BANT.document, 25, status)).toBe(points);
});

describe('where a lead stands', () => {
  it('is what the latest says of each element, and names what is missing', () => {
    const assessment = assess(BANT, [said('budget', 'weak'), said('budget', 'confirmed', { at: '2026-01-11T09:00:00.000Z' }), said('gone', 'confirmed'), said('need', 'partial')]);
    expect(assessment).toMatchObject({ score: 40, verdict: 'incomplete', missing: ['authority', 'timeline'] });
    expect(summaryOf(assessment).elements.map(({ element, points }) => [element, points])).toEqual([['budget', 25], ['authority', 0], ['need', 15], ['timeline', 0]]);
  });

  it('is by a person, whatever a note said since; the note still waits for the person where it came later', () => {
    const all = [said('budget', 'weak'), proposed('budget', 'confirmed', '2026-01-12T09:00:00.000Z')];
    expect(assess(BANT, all).elements[0]).toMatchObject({ status: 'weak', by: 'Mia', proposed: false });
    expect(openProposals(all.filter((one) => one.proposed), all)).toHaveLength(1);
    expect(openProposals([proposed('budget', 'confirmed', '2026-01-10T09:00:00.000Z')], all)).toEqual([]);
  });

  it('has a score between 0 and 100 that is the sum of its points; all confirmed is 100, and no element lowers it that gets better', () => {
    fc.assert(fc.property(anyFramework, fc.array(anyStatus, { minLength: 10, maxLength: 10 }), fc.nat(9), (framework, statuses, better) => {
      const names = framework.document.elements.map(({ name }) => name);
      const by = (of: readonly ElementStatus[]) => assess(framework, names.map((name, i) => said(name, of[i], { framework: 'own' })));
      const { score, elements, missing, verdict } = by(statuses);
      expect(score).toBe(elements.reduce((sum, { points }) => sum + points, 0));
      expect(score).toBeGreaterThanOrEqual(0);
      expect(by(Array<ElementStatus>(10).fill('confirmed'))).toMatchObject({ score: 100, verdict: 'complete' });
      expect(verdict === 'complete').toBe(missing.length === 0);
      expect(by(statuses.map((status, i) => (i === better ? 'confirmed' : status))).score).toBeGreaterThanOrEqual(score);
    }));
  });

  it('is the same in whatever order things were said, where no two were said at once', () => {
    fc.assert(fc.property(anySaid, fc.infiniteStream(fc.nat()), (all, dice) => {
      const apart = all.map((one, i) => ({ ...one, at: `${one.at.slice(0, 17)}${String(i).padStart(2, '0')}.000Z` }));
      const mixed = [...apart].map((one) => [dice.next().value as number, one] as const).sort(([a], [b]) => a - b).map(([, one]) => one);
      expect(assess(BANT, mixed)).toEqual(assess(BANT, apart));
      for (const { element, proposed: isProposed } of standingOf(apart)) {
        expect(isProposed).toBe(!apart.some((one) => one.element === element && !one.proposed));
      }
    }));
  });
});
