import * as fc from 'fast-check';
import type { ScoreOverride } from '@headwater/contracts';
import { intakeState } from '@headwater/testing';
import { defaultModel } from './default-model';
import { present, rescore, type Evidence, type LeadScore } from './lead-score';
import { nextCheckAt } from './next-check';
import type { Signal } from './score-engagement';
import type { ScoringModel } from './scoring-model';

const START = Date.parse('2026-11-20T12:00:00.000Z');
const DAY_MS = 86_400_000;
const day = (days: number): string => new Date(START + days * DAY_MS).toISOString();
const nobody: LeadScore = { tenant: 'demo', leadId: 1, intakeRevision: 0, lead: null, converted: null, scored: null, base: 0, rating: null, primaryId: null, featuresRevision: null };

function scored(signals: Signal[], { model = defaultModel, job_title = 'CTO', override = null }: {
  model?: ScoringModel; job_title?: string | null; override?: ScoreOverride | null;
} = {}) {
  const active = { version: 1, document: model };
  const evidence: Evidence = { signals, override, own: null, active, mergedRating: null, now: day(0) };
  const { score } = rescore(nobody, { cause: 'capture', intake: intakeState({ lead_id: 1, revision: 1, profile: { job_title } }) }, evidence)!;
  const bandsAt = (moment: number) => {
    const { effective: { grade, temperature }, mql } = present(score, { ...evidence, own: active, now: new Date(moment).toISOString() })!.state;
    return { grade, temperature, mql };
  };
  return { bandsAt, next: nextCheckAt({ state: score.scored.state, signals, model }) };
}

const demo = (days = 0): Signal => ({ signal_id: `demo ${days}`, type: 'demo_request', at: day(days) });

describe('the next check of a score', () => {
  it('is when the total falls out of its grade: 25 points of a half-life of 90 days round to 15 after 62 days', () => {
    const { next, bandsAt } = scored([demo()]); // 44 + 25: B, which ends below 60, that is below 15.495 points
    expect((Date.parse(next!) - START) / DAY_MS).toBeCloseTo(90 * Math.log2(25 / 15.495), 3);
    expect(bandsAt(Date.parse(next!))).not.toEqual(bandsAt(START));
  });

  it('is never for who did nothing, whose signals score nothing, or whose behavior is pinned', () => {
    expect(scored([]).next).toBeNull();
    expect(scored([{ signal_id: 'c', type: 'custom', at: day(0) }]).next).toBeNull();
    expect(scored([demo()], { override: { behavioral_score: 30, by: 'Ann', at: day(0), reason: null } }).next).toBeNull();
  });

  it('comes also for negative points, which fade and let the total rise', () => {
    const { next, bandsAt } = scored([demo(), { signal_id: 'u', type: 'unsubscribe', at: day(0) }]);
    expect(next).not.toBeNull();
    expect(bandsAt(Date.parse(next!) - 1_000)).toEqual(bandsAt(START));
  });

  const signal = fc.record({
    signal_id: fc.uuid(), type: fc.constantFrom('web_visit', 'demo_request', 'call', 'unsubscribe', 'custom'), at: fc.integer({ min: -400, max: 0 }).map(day),
  });
  const rules = fc.record({
    points: fc.constantFrom(-30, -4, 3, 25), half_life_days: fc.constantFrom(0.5, 14, 400), repeat: fc.constantFrom('every' as const, 'once_per_day' as const),
  });
  const setting = fc.record({
    signals: fc.array(signal, { maxLength: 12 }), rules: fc.array(rules, { minLength: 13, maxLength: 13 }), job_title: fc.constantFrom('CTO', null),
    isDefault: fc.boolean(), moments: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 5 }),
  });

  it('misses no crossing: until then a score is in the bands that it was written with', () => {
    fc.assert(fc.property(setting, ({ signals, rules: own, job_title, isDefault, moments }) => {
      const { behavioral } = defaultModel;
      const model = isDefault ? defaultModel
        : { ...defaultModel, behavioral: { ...behavioral, signals: behavioral.signals.map((rule, i) => ({ ...rule, ...own[i] })) } };
      const { bandsAt, next } = scored(signals, { model, job_title });
      const end = next === null ? START + 50_000 * DAY_MS : Date.parse(next);
      if (next !== null && end - START <= 30_000) return; // it isn't looked for more often
      // Close to the beginning and to the end above all.
      for (const share of [...moments, ...moments.map((one) => one ** 8), 1]) {
        const moment = START + Math.max(0, Math.floor(share * (end - START)) - 1_001);
        expect([signals, bandsAt(moment)]).toEqual([signals, bandsAt(START)]);
      }
    }), { numRuns: 500 });
  });

  it('comes on: each is later than the one before, until nothing is left', () => {
    fc.assert(fc.property(fc.array(signal, { minLength: 1, maxLength: 8 }), (signals) => {
      let held = nobody;
      let now = day(0);
      for (let checks = 0; checks < 200; checks += 1) {
        const active = { version: 1, document: defaultModel };
        const evidence: Evidence = { signals, override: null, own: held.scored && active, active, mergedRating: null, now };
        const change = held.scored ? { cause: 'decay' as const } : { cause: 'capture' as const, intake: intakeState({ lead_id: 1, revision: 1 }) };
        held = rescore(held, change, evidence)!.score;
        const next = nextCheckAt({ state: held.scored!.state, signals, model: defaultModel });
        if (next === null) return;
        expect(Date.parse(next)).toBeGreaterThan(Date.parse(now));
        now = next;
      }
      throw new Error('There is no end to it');
    }), { numRuns: 50 });
  });
});
