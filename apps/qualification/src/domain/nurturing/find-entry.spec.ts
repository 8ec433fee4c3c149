import fc from 'fast-check';
import type { EnrolledFrom, LeadScoreView, NurtureEntry, Status } from '@headwater/contracts';
import { intakeState } from '@headwater/testing';
import { leadIn, NOW } from '../../../test/lead-in';
import { compileRules } from './compile-rules';
import { entryFacts, entryOf, entryOfOpen } from './find-entry';
import { followTold, type KeptFacts } from './told-facts';

const students = (from?: EnrolledFrom[]): NurtureEntry =>
  ({ name: 'Students', ...(from ? { from } : {}), when: { field: 'tags', op: 'has_any', value: ['student'] }, stage: 'problem' });
const enrolling = (...enrol: NurtureEntry[]) => compileRules({ enrol, exits: [] });
const scoreIs = (total_score: number): LeadScoreView => ({
  total_score, behavioral_score: total_score, demographic_score: 0, grade: 'D', temperature: total_score >= 75 ? 'hot' : 'cold',
});

describe('of a lead that is disqualified', () => {
  const rules = enrolling(
    { ...students(['new', 'contacted']), name: 'Open students' }, students(),
    { name: 'Later', when: { all: [{ field: 'reason', op: 'in', value: ['no_budget', 'not_ready'] }, { field: 'score.temperature', op: 'ne', value: 'hot' }] }, stage: 'vendor', recycle_after_days: 10 },
  );
  const lead = leadIn('disqualified', { score: scoreIs(20) });
  const state = intakeState({ lead_id: 7 });
  const tagged = { ...state, profile: { ...state.profile, tags: ['Student'] } };

  it('is by the first rule that holds: over reason, score, and what intake knows', () => {
    expect(entryOf(rules, entryFacts(lead, 'no_budget', null), NOW)).toEqual({
      stage: 'vendor', recycle_at: '2026-11-30T10:00:00.000Z', because: expect.stringMatching(/^rule "Later" \(reason is one of no_budget, not_ready/),
    });
    expect(entryOf(rules, entryFacts(lead, 'no_budget', tagged), NOW)).toMatchObject({ stage: 'problem', recycle_at: null, because: expect.stringMatching(/^rule "Students"/) });
    expect(entryOf(rules, entryFacts(lead, 'spam', state), NOW)).toBeNull();
  });
});

describe('of an open lead', () => {
  const cold: NurtureEntry = { name: 'Cold', from: ['new', 'contacted', 'disqualified'], when: { field: 'score.temperature', op: 'eq', value: 'cold' } };
  const scored = (total: number, status: Status = 'contacted') => leadIn(status, { score: scoreIs(total), scoring_revision: 3 });
  const nothing = { before: {}, now: {}, unknownBefore: () => false };
  const tags = (before: string[] | null, now: string[], isUnknown = false) => ({ before: { tags: before }, now: { tags: now }, unknownBefore: () => isUnknown });

  it.each([
    ['it becomes cold', scored(80), scored(20), 'Cold'],
    ['it is cold with its first score', null, scored(20), 'Cold'],
    ['it was cold before', scored(30), scored(20), null],
    ['it becomes hot', scored(20), scored(80), null],
    ['it is qualified, which the rule does not name', scored(80, 'qualified'), scored(20, 'qualified'), null],
    ['it is disqualified', scored(80, 'disqualified'), scored(20, 'disqualified'), null],
    ['it is nurtured', scored(80, 'nurturing'), scored(20, 'nurturing'), null],
  ])('by its score: %s', (_what, before, lead, name) => {
    const terms = entryOfOpen(enrolling(cold), before, lead, nothing, NOW);
    expect(terms?.because ?? null).toBe(name && 'rule "Cold" (score temperature is cold)');
  });

  it.each([
    ['it gets the tag', tags(['vip'], ['vip', 'student']), true],
    ['it gets another one', tags(['student'], ['student', 'vip']), false],
    ['they have changed, and nobody knows what they were', tags(['student'], ['student'], true), true],
    ['they are taken away', tags(['student'], []), false],
  ])('by its tags: %s', (_what, told, enrols) => {
    expect(entryOfOpen(enrolling(cold, students(['contacted'])), scored(20), scored(20), told, NOW) !== null).toBe(enrols);
  });

  it('by the first that begins to hold, not by one that held', () => {
    const rules = enrolling(students(['contacted']), cold);
    expect(entryOfOpen(rules, scored(80), scored(20), tags(['student'], ['student']), NOW)).toMatchObject({ because: expect.stringMatching(/^rule "Cold"/) });
    expect(entryOfOpen(rules, scored(80), scored(20), tags([], ['student']), NOW)).toMatchObject({ because: expect.stringMatching(/^rule "Students"/) });
  });
});

describe('what intake tells', () => {
  const FIELDS = ['tags', 'industry'];

  it('is what counts when it is the newest; of what was not kept yet, only what is said to have changed has', () => {
    expect(followTold(null, { revision: 4, facts: { tags: ['a'], city: 'Bern' }, changed: ['tags', 'city'] }, FIELDS)).toMatchObject({
      before: { tags: ['a'], industry: null }, now: { tags: ['a'], industry: null }, kept: { revision: 4, facts: { tags: ['a'], industry: null } },
    });
    const kept = { revision: 4, facts: { tags: ['a'] } };
    const told = followTold(kept, { revision: 5, facts: { tags: ['b'], industry: 'Retail' }, changed: ['tags'] }, FIELDS);
    expect(told).toMatchObject({ before: { tags: ['a'], industry: 'Retail' }, now: { tags: ['b'], industry: 'Retail' }, kept: { revision: 5 } });
    expect(FIELDS.map(told.unknownBefore)).toEqual([false, false]);
    expect(FIELDS.map(followTold(kept, { revision: 5, facts: {}, changed: ['industry'] }, FIELDS).unknownBefore)).toEqual([false, true]);
  });

  it('comes to the same in any order, and as often as it comes', () => {
    const news = fc.integer({ min: 1, max: 12 }).map((revision) => ({ revision, facts: { tags: [`at ${revision}`], industry: revision % 3 ? 'Retail' : null }, changed: [] }));
    fc.assert(fc.property(fc.array(news, { minLength: 1, maxLength: 12 }), (all) => {
      const end = all.reduce<KeptFacts | null>((kept, one) => followTold(kept, one, FIELDS).kept ?? kept, null);
      const newest = all.reduce((a, b) => (b.revision > a.revision ? b : a));
      expect(end).toEqual({ revision: newest.revision, facts: newest.facts });
    }));
  });
});
