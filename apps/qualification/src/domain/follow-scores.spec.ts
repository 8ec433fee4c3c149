import fc from 'fast-check';
import type { ScoringState } from '@headwater/contracts';
import { leadIn, NOW } from '../../test/lead-in';
import { followScores } from './follow-scores';

const score = (revision: number, behavioral: number, given: Partial<ScoringState> = {}): ScoringState => {
  const effective = {
    total_score: behavioral + 30, behavioral_score: behavioral, demographic_score: 30, grade: 'C',
    temperature: behavioral === 0 ? 'suspect' : 'cold',
  } as const;
  return {
    lead_id: 7, revision, effective, computed: effective, is_hot: false, hot_reasons: [], mql: behavioral >= 20, model_version: 1,
    scored_at: NOW, ...given,
  };
};

it.each([[0, 'suspect'], [5, 'lead'], [25, 'mql']])('a behavioral score of %d makes it %s', (behavioral, stage) => {
  expect(followScores(leadIn('new'), [score(1, behavioral)]).lifecycle_stage).toBe(stage);
});

it('a total at the bound without any engagement makes no mql', () => {
  expect(followScores(leadIn('new'), [score(1, 0, { mql: true })]).lifecycle_stage).toBe('suspect');
});

it('a falling score leaves the stage', () => {
  const mql = followScores(leadIn('new'), [score(1, 25)]);
  expect(followScores(mql, [score(2, 5)])).toMatchObject({ lifecycle_stage: 'mql', scoring_revision: 2 });
});

it('a score from before the present cycle keeps the lead where recycling put it', () => {
  const recycled = leadIn('nurturing', { lifecycle_stage: 'lead', cycle: 2, cycle_since: '2026-11-20T11:00:00.000Z' });
  expect(followScores(recycled, [score(3, 25)])).toMatchObject({ lifecycle_stage: 'lead', scoring_revision: 3 });
});

it('a converted lead follows no score', () => {
  const converted = leadIn('converted', { lifecycle_stage: 'customer' });
  expect(followScores(converted, [score(1, 25)])).toBe(converted);
});

it('order, repetition and batches of the same scores lead to the same', () => {
  const scores = [score(1, 0), score(2, 25), score(3, 5), score(4, 30), score(5, 10)];
  const facts = (lead: ReturnType<typeof leadIn>) => ({ ...lead, revision: 0 }); // how often it rose may differ
  const expected = facts(followScores(leadIn('new'), scores));
  fc.assert(fc.property(fc.shuffledSubarray([...scores, ...scores], { minLength: 10 }), fc.nat(10), (shuffled, cut) => {
    const lead = followScores(followScores(leadIn('new'), shuffled.slice(0, cut)), shuffled.slice(cut));
    expect(facts(lead)).toEqual(expected);
  }));
});
