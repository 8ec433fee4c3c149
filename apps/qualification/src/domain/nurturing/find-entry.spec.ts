import type { NurtureRules } from '@headwater/contracts';
import { intakeState } from '@headwater/testing';
import { leadIn, NOW } from '../../../test/lead-in';
import { entryFacts, entryOf } from './find-entry';

const rules: NurtureRules = {
  exits: [], enrol: [
    { name: 'Students', when: { field: 'tags', op: 'has_any', value: ['student'] }, stage: 'problem' },
    { name: 'Later', when: { all: [{ field: 'reason', op: 'in', value: ['no_budget', 'not_ready'] }, { field: 'score.temperature', op: 'ne', value: 'hot' }] }, stage: 'vendor', recycle_after_days: 10 },
  ],
};
const lead = leadIn('disqualified', { score: { total_score: 20, behavioral_score: 10, demographic_score: 10, grade: 'D', temperature: 'cold' } });
const state = intakeState({ lead_id: 7 });
const tagged = { ...state, profile: { ...state.profile, tags: ['Student'] } };

it('is by the first rule that holds: over reason, score, and what intake knows', () => {
  expect(entryOf(rules, entryFacts(lead, 'no_budget', null), NOW)).toEqual({
    stage: 'vendor', recycle_at: '2026-11-30T10:00:00.000Z', because: expect.stringMatching(/^rule "Later" \(reason is one of no_budget, not_ready/),
  });
  expect(entryOf(rules, entryFacts(lead, 'no_budget', tagged), NOW)).toMatchObject({ stage: 'problem', recycle_at: null });
  expect(entryOf(rules, entryFacts(lead, 'spam', state), NOW)).toBeNull();
});
