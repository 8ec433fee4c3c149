import * as fc from 'fast-check';
import { intakeState } from '@headwater/testing';
import { defaultModel } from '../default-model';
import { presentBy, rescore, type Evidence, type LeadScore } from '../lead-score';
import type { ScoringModel } from '../scoring-model';
import { Simulation, type KnownOutcome, type TriedLead } from './simulation';

const NOW = '2026-11-20T12:00:00.000Z';
const evidence: Evidence = { signals: [], override: null, own: null, active: { version: 1, document: defaultModel }, mergedRating: null, now: NOW };
const arrived = (lead_id: number, employees: number): LeadScore => {
  const intake = intakeState({ lead_id, profile: { employees, annual_revenue: null } });
  const unknown: LeadScore = { tenant: 'demo', leadId: lead_id, intakeRevision: 0, lead: null, converted: null, scored: null, base: 0, rating: null, primaryId: null, featuresRevision: null };
  return rescore(unknown, { cause: 'capture', intake }, evidence)!.score;
};
const withBands = (mql: number, points = 12): ScoringModel => ({
  ...defaultModel, bands: { ...defaultModel.bands, mql },
  demographic: { ...defaultModel.demographic, company_size: { employees: [{ at_least: 1_000, points }], annual_revenue: [] } },
});
const tried = (id: number, employees: number, by: ScoringModel, outcome: KnownOutcome = null, isLocked = false): TriedLead => {
  const held = arrived(id, employees);
  const scored = (document: ScoringModel, version: number) => ({ ...presentBy(held, evidence, { version, document })!, document });
  return { lead: held.lead!, isLocked, outcome, before: scored(defaultModel, 1), after: scored(by, 2) };
};
const findings = (leads: TriedLead[]) => {
  const simulation = new Simulation();
  for (const lead of leads) simulation.add(lead);
  return simulation.findings();
};

it('says how scores lie, and who would cross a band', () => {
  const model = withBands(45);
  const { leads, changed, before, after, mql, hot, samples } = findings([tried(1, 250, model), tried(2, 2_000, model), tried(3, 5, model)]);
  expect([leads, changed]).toEqual([3, 2]);
  expect([before, after]).toMatchObject([
    { mean: 42, grades: { A: 0, C: 2, D: 1 }, histogram: [0, 0, 0, 1, 2, 0, 0, 0, 0, 0] }, { mean: 38, mql: 1, grades: { C: 1, D: 2 } },
  ]);
  expect(mql).toEqual({ rise: 1, fall: 0, leads: [{ lead_id: 2, direction: 'rise', before: 46, after: 46 }] });
  expect(hot).toEqual({ rise: 0, fall: 0, leads: [] });
  expect(samples.map(({ lead_id }) => lead_id)).toEqual([1, 3]);
  expect(samples[0].before.contributions).toContainEqual(expect.objectContaining({ rule: 'company_size', points: 1_000, evidence: { employees: 250 } }));
  expect(samples[0].after.contributions.map(({ rule }) => rule)).not.toContain('company_size');
});

it('keeps converted leads out of what would change, and in the ranking', () => {
  const model = withBands(50, 40);
  const { leads, changed, ranking } = findings([tried(1, 2_000, model, 'converted', true), tried(2, 5, model, 'lost')]);
  expect([leads, changed, ranking?.leads, ranking?.good]).toEqual([1, 1, 2, 1]);
});

it('finds those who became customers at the top, or not', () => {
  const model = withBands(50);
  const lost = Array.from({ length: 18 }, (_, i) => tried(i + 1, 250, model, 'lost'));
  const won = [tried(19, 2_000, model, 'won'), tried(20, 2_000, model, 'won')];
  expect(findings([...lost, ...won]).ranking).toEqual({
    leads: 20, good: 2, base_rate: 0.1, top: 2, before: { precision: 1, lift: 10 }, after: { precision: 1, lift: 10 },
  });
  expect(findings([tried(1, 250, model, 'lost')]).ranking).toMatchObject({ base_rate: 0, before: { precision: 0, lift: null } });
  expect(findings([tried(1, 250, model)]).ranking).toBeNull();
});

it('comes to the same in any order', () => {
  const model = withBands(45);
  const leads = Array.from({ length: 12 }, (_, i) => tried(i + 1, [5, 250, 2_000][i % 3], model, (['won', 'lost', null] as const)[i % 3 === 0 ? i % 2 : 2]));
  const without = ({ samples: _, hot, mql, ...rest }: ReturnType<typeof findings>) => ({ ...rest, hot: [hot.rise, hot.fall], mql: [mql.rise, mql.fall] });
  fc.assert(fc.property(fc.shuffledSubarray(leads, { minLength: 12 }), (shuffled) => {
    expect(without(findings(shuffled))).toEqual(without(findings(leads)));
  }), { numRuns: 20 });
});
