import * as fc from 'fast-check';
import type { Contribution, IntakeState, ScoreOverride } from '@headwater/contracts';
import { intakeState } from '@headwater/testing';
import { sum } from './contribution-lines';
import { defaultModel } from './default-model';
import { present, rescore, type Change, type Evidence, type LeadScore, type LedgerLine, type VersionedModel } from './lead-score';
import type { Signal } from './score-engagement';
import type { ScoringModel } from './scoring-model';

const START = Date.parse('2026-11-20T12:00:00.000Z');
const day = (days: number): string => new Date(START + days * 86_400_000).toISOString();
const CONVERTED = { account_id: 1, contact_id: 2, customer_id: 3, opportunity_id: null };

const unknown: LeadScore = { tenant: 'demo', leadId: 1, intakeRevision: 0, lead: null, converted: null, scored: null, base: 0, rating: null, primaryId: null, featuresRevision: null };
const first: VersionedModel = { version: 1, document: defaultModel };

const evidence = (given: Partial<Evidence> = {}): Evidence =>
  ({ signals: [], override: null, own: first, active: first, mergedRating: null, now: day(0), ...given });
const lead = (revision: number, profile: Partial<IntakeState['profile']> = {}) => intakeState({ lead_id: 1, revision, profile });
const capture = (intake = lead(1)): Change => ({ cause: 'capture', intake });
const captured = (given?: Partial<Evidence>) => rescore(unknown, capture(), evidence(given))!;
const demo: Signal = { signal_id: 'demo', type: 'demo_request', at: day(0) };
const withDemo = evidence({ signals: [demo] });
const pin = (parts: Partial<ScoreOverride>): ScoreOverride => ({ by: 'Ann', at: day(0), reason: 'knows them', ...parts });

describe('rescore', () => {
  it('has nothing to say of a lead that has not arrived', () => {
    expect(rescore(unknown, { cause: 'signal', freshSignals: new Set(['demo']) }, withDemo)).toBeNull();
  });

  it('announces the first score always, with what was heard before the lead', () => {
    const { score, ledger, announce } = rescore(unknown, { cause: 'update', intake: lead(3) }, withDemo)!;
    expect(score.scored.state).toMatchObject({ revision: 1, effective: { total_score: 69, temperature: 'warm', grade: 'B' }, mql: true, model_version: 1 });
    expect(ledger).toEqual([expect.objectContaining({ cause: 'capture', demographic: 4_400, behavioral: 2_500, effective_total: 69 })]);
    expect(announce).toEqual({ scored: true, rated: null });
  });

  it('ignores a snapshot that is not newer', () => {
    const { score } = rescore(unknown, { cause: 'update', intake: lead(2) }, evidence())!;
    expect(rescore(score, { cause: 'update', intake: lead(2, { job_title: 'Intern' }) }, evidence())).toBeNull();
    expect(rescore(score, { cause: 'update', intake: lead(1, { job_title: 'Intern' }) }, evidence())).toBeNull();
  });

  it('keeps the revision and is silent when a newer snapshot scores the same', () => {
    const { score, ledger, announce } = rescore(captured().score, { cause: 'update', intake: lead(2, { city: 'Berlin' }) }, evidence())!;
    expect(score).toMatchObject({ intakeRevision: 2, lead: { profile: { city: 'Berlin' } }, scored: { state: { revision: 1 } } });
    expect([ledger, announce.scored]).toEqual([[], false]);
  });

  it('is told of all the same when others may have waited for the facts', () => {
    const { score, announce } = rescore(captured().score, { cause: 'update', intake: lead(2, { city: 'Berlin' }), tells: true }, evidence())!;
    expect([score.scored.state.revision, announce.scored]).toEqual([2, true]);
    expect(rescore(score, { cause: 'update', intake: lead(2, { city: 'Berlin' }), tells: true }, evidence())).toBeNull();
  });

  it('tells decay and a change of model beside what happened', () => {
    const { score } = captured({ signals: [demo] });
    const second: VersionedModel = {
      version: 2, document: { ...defaultModel, demographic: { ...defaultModel.demographic, email: { ...defaultModel.demographic.email, business: 6 } } },
    };
    const call: Signal = { signal_id: 'call', type: 'call', at: day(90) };
    const { ledger } = rescore(score, { cause: 'signal', reason: 'call', freshSignals: new Set(['call']) },
      evidence({ signals: [demo, call], active: second, now: day(90) }))!;
    expect(ledger.map(({ cause, demographic, behavioral, effective_total }) => [cause, demographic, behavioral, effective_total])).toEqual([
      ['decay', 0, -1_200, 57], ['model', -200, 0, 55], ['signal', 0, 1_200, 67],
    ]);
  });

  it('tells once that an override has ended, whatever hears of it first', () => {
    const override = pin({ behavioral_score: 48, expires_at: day(2) });
    const { score } = rescore(captured().score, { cause: 'override' }, evidence({ override }))!;
    const linesOf = ({ ledger }: { ledger: readonly LedgerLine[] }) => ledger.map(({ cause, behavioral, effective_total }) => [cause, behavioral, effective_total]);
    expect(rescore(score, { cause: 'override_expired' }, evidence({ override, now: day(1) }))).toBeNull();

    const ended = rescore(score, { cause: 'override_expired' }, evidence({ now: day(2) }))!;
    expect([linesOf(ended), ended.announce.scored]).toEqual([[['override_expired', 0, 44]], true]);
    expect(rescore(ended.score, { cause: 'override_expired' }, evidence({ now: day(3) }))).toBeNull();

    const signals = [{ ...demo, at: day(2) }];
    const signalled = rescore(score, { cause: 'signal', freshSignals: new Set(['demo']) }, evidence({ signals, now: day(2) }))!;
    expect(linesOf(signalled)).toEqual([['override_expired', 0, 44], ['signal', 2_500, 69]]);
    const pinnedAgain = rescore(score, { cause: 'override' }, evidence({ override: pin({ behavioral_score: 10 }), now: day(2) }))!;
    expect(linesOf(pinnedAgain)).toEqual([['override', 0, 54]]);
  });

  it('pins parts while the computed score goes on', () => {
    const { score, announce } = rescore(captured().score, { cause: 'override' }, evidence({ override: pin({ behavioral_score: 48 }) }))!;
    expect(score.scored.state).toMatchObject({
      effective: { total_score: 92, behavioral_score: 48, demographic_score: 44, temperature: 'hot' },
      computed: { total_score: 44, temperature: 'suspect' }, is_hot: true, hot_reasons: ['temperature'], revision: 2,
    });
    expect(announce.scored).toBe(true);
    const back = rescore(score, { cause: 'override_cleared' }, evidence())!;
    expect(back.score.scored.state).toMatchObject({ effective: { total_score: 44, temperature: 'suspect' }, override: null, is_hot: false });
  });

  it('makes a lead hot by its stars, whatever its temperature', () => {
    const four = rescore(captured().score, { cause: 'rating', rating: 4 }, evidence())!;
    expect(four.score.scored.state).toMatchObject({ is_hot: true, hot_reasons: ['rating'], rating: 4, effective: { temperature: 'suspect' } });
    expect(four.announce).toEqual({ scored: true, rated: { former: null } });
    const five = rescore(four.score, { cause: 'rating', rating: 5 }, evidence())!;
    expect(five.announce).toEqual({ scored: false, rated: { former: 4 } });
    const none = rescore(five.score, { cause: 'rating', rating: null }, evidence())!;
    expect([none.score.scored.state.is_hot, none.announce]).toEqual([false, { scored: true, rated: { former: 5 } }]);
  });

  it('holds a temperature up to three points below its bound as it decays', () => {
    const signals = ['demo_request', 'call'].map((type, i): Signal => ({ signal_id: String(i), type, at: day(0) }));
    const hot = captured({ signals }).score;
    expect(hot.scored.state.effective).toMatchObject({ total_score: 81, temperature: 'hot' });
    expect(present(hot, evidence({ signals, now: day(21) }))?.state.effective).toMatchObject({ total_score: 74, temperature: 'hot' });
    expect(present(hot, evidence({ signals, now: day(40) }))?.state.effective).toMatchObject({ temperature: 'warm' });
  });

  it('stops the clock of a lead at its conversion', () => {
    const held = { ...captured({ signals: [demo] }).score, converted: { ...CONVERTED, converted_at: day(90) } };
    const late: Signal = { signal_id: 'late', type: 'meeting', at: day(91) };
    const later = present(held, evidence({ signals: [demo, late], now: day(900) }))!;
    expect(later.state).toMatchObject({ scored_at: day(90), effective: { behavioral_score: 13 } });
    expect(present(held, evidence({ signals: [demo], now: day(90) }))).toEqual(later);
  });

  it('keeps the model of a converted lead', () => {
    const held = { ...captured().score, converted: { ...CONVERTED, converted_at: day(1) } };
    const { score } = rescore(held, { cause: 'update', intake: lead(2) }, evidence({ active: { version: 2, document: defaultModel }, now: day(2) }))!;
    expect(score.scored.state.model_version).toBe(1);
  });
});

describe('whatever happens to a lead', () => {
  const models = [defaultModel, scaled(0.37), scaled(-1.11), scaled(3)];
  const event = fc.oneof(
    fc.record({ kind: fc.constant('update' as const), job_title: fc.constantFrom('CTO', 'Intern', null), employees: fc.option(fc.integer({ min: 0, max: 9_999 })) }),
    fc.record({
      kind: fc.constant('signal' as const), type: fc.constantFrom('web_visit', 'demo_request', 'unsubscribe', 'custom'), id: fc.integer({ min: 0, max: 6 }),
      age: fc.integer({ min: -3, max: 400 }),
    }),
    fc.record({ kind: fc.constant('override' as const), behavioral_score: fc.option(fc.integer({ min: 0, max: 50 })) }),
    fc.record({ kind: fc.constant('rating' as const), rating: fc.option(fc.integer({ min: 0, max: 5 })) }),
    fc.record({ kind: fc.constant('model' as const), model: fc.nat({ max: models.length - 1 }) }),
    fc.record({ kind: fc.constant('time' as const), days: fc.integer({ min: 0, max: 200 }) }),
  );
  it('has the signals and the most stars of those that were merged into it, and says so without calling it a rating', () => {
    const rated = rescore(captured().score, { cause: 'rating', rating: 2 }, evidence())!.score;
    const merged = rescore(rated, { cause: 'merge', actor: 'Ann' }, evidence({ signals: [demo], mergedRating: 5 }))!;
    expect(merged.score).toMatchObject({ rating: 2, scored: { state: { rating: 5, is_hot: true } } });
    expect(merged.ledger).toMatchObject([{ cause: 'merge', demographic: 0, actor: 'Ann' }]);
    expect(merged.ledger[0].behavioral).toBe(merged.score.scored.state.computed.behavioral_score * 100);
    expect(merged.announce).toEqual({ scored: true, rated: null });
    const alone = rescore(merged.score, { cause: 'unmerge' }, evidence())!;
    expect(alone.score.scored.state).toMatchObject({ rating: 2, is_hot: false, effective: rated.scored!.state.effective });
  });

  it('is told to nobody while it belongs to another lead, and again when it is one of its own', () => {
    const merged = { ...captured().score, primaryId: 2 };
    const moved = rescore(merged, { cause: 'signal', freshSignals: new Set(['demo']) }, withDemo)!;
    expect(moved.announce).toEqual({ scored: false, rated: null });
    expect(rescore({ ...moved.score, primaryId: null }, { cause: 'unmerge' }, withDemo)!.announce.scored).toBe(true);
  });

  type Event = typeof event extends fc.Arbitrary<infer T> ? T : never;

  /** Plays a history as the service does. @returns all the ledger said, and the score after each step */
  function play(events: Event[]) {
    let held: LeadScore = unknown;
    let contributions: Contribution[] = [];
    let now = 0;
    let revision = 1;
    let override: ScoreOverride | null = null;
    const versions: VersionedModel[] = [first];
    const signals = new Map<string, Signal>();
    const ledger: LedgerLine[] = [];
    const apply = (change: Change) => {
      const own = versions.find(({ version }) => version === held.scored?.state.model_version) ?? null;
      const result = rescore(held, change, { signals: [...signals.values()], override, own, active: versions.at(-1)!, mergedRating: null, now: day(now) });
      if (!result) return;
      held = result.score;
      ({ contributions } = result.score.scored);
      ledger.push(...result.ledger);
    };
    apply(capture());
    for (const one of events) {
      if (one.kind === 'time') now += one.days;
      if (one.kind === 'model') versions.push({ version: versions.length + 1, document: models[one.model] });
      if (one.kind === 'update') apply({ cause: 'update', intake: lead((revision += 1), { job_title: one.job_title, employees: one.employees }) });
      if (one.kind === 'rating') apply({ cause: 'rating', rating: one.rating });
      if (one.kind === 'override') {
        override = one.behavioral_score === null ? null : pin({ behavioral_score: one.behavioral_score });
        apply({ cause: 'override' });
      }
      if (one.kind === 'signal' && !signals.has(String(one.id))) {
        signals.set(String(one.id), { signal_id: String(one.id), type: one.type, at: day(now - one.age) });
        apply({ cause: 'signal', freshSignals: new Set([String(one.id)]) });
      }
    }
    return { scored: { ...held.scored!, contributions }, ledger };
  }

  it('the contributions sum to each part, and the ledger folds to the computed score', () => {
    fc.assert(fc.property(fc.array(event, { maxLength: 25 }), (events) => {
      const { scored: { state, contributions }, ledger } = play(events);
      for (const part of ['demographic', 'behavioral'] as const) {
        const computed = state.computed[`${part}_score`] * 100;
        expect(sum(contributions.filter((line) => line.part === part))).toBe(computed);
        expect(ledger.reduce((total, line) => total + line[part], 0)).toBe(computed);
        expect(computed).toBeGreaterThanOrEqual(0);
        expect(computed).toBeLessThanOrEqual(5_000);
      }
      expect(contributions.every(({ points }) => Number.isInteger(points))).toBe(true);
      expect(state.effective.total_score).toBe(state.effective.demographic_score + state.effective.behavioral_score);
      expect(ledger.at(-1)!.effective_total).toBe(state.effective.total_score);
    }), { numRuns: 300 });
  });
});

/** The default model with all points multiplied, so that caps, floors and rounding all have their turn. */
function scaled(factor: number): ScoringModel {
  return JSON.parse(JSON.stringify(defaultModel), (key, value: unknown) =>
    (['points', 'business', 'valid', 'other'].includes(key) && typeof value === 'number' ? value * factor : value)) as ScoringModel;
}
