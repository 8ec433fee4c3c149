import fc from 'fast-check';
import type { EnrolledFrom, LeadScoreView, NurtureEntry, Status } from '@headwater/contracts';
import { intakeState } from '@headwater/testing';
import { leadIn, NOW } from '../../../test/lead-in';
import { compileRules } from './compile-rules';
import { entryFacts, entryOf, entryOfOpen, followNews } from './find-entry';
import { followTold, type KeptFacts, type News } from './told-facts';

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

  it('by a rule over the score once there is one, though something else was told before', () => {
    const rules = enrolling({ name: 'Low', from: ['new'], when: { not: { field: 'score.total', op: 'gte', value: 50 } } });
    const unscored = leadIn('new');
    expect(entryOfOpen(rules, null, unscored, nothing, NOW)).toBeNull();
    expect(entryOfOpen(rules, unscored, scored(20, 'new'), nothing, NOW)).not.toBeNull();
  });

  it('by the first that begins to hold, not by one that held', () => {
    const rules = enrolling(students(['contacted']), cold);
    expect(entryOfOpen(rules, scored(80), scored(20), tags(['student'], ['student']), NOW)).toMatchObject({ because: expect.stringMatching(/^rule "Cold"/) });
    expect(entryOfOpen(rules, scored(80), scored(20), tags([], ['student']), NOW)).toMatchObject({ because: expect.stringMatching(/^rule "Students"/) });
  });
});

describe('what intake tells', () => {
  const FIELDS = ['tags', 'industry'];

  it('is what counts when it is the newest; of what is told first, only what is said to have changed has', () => {
    const first = followTold(null, { revision: 4, facts: { tags: ['a'], city: 'Bern' }, changed: ['tags', 'city'] }, FIELDS);
    expect(first).toMatchObject({
      before: { tags: ['a'], industry: null }, now: { tags: ['a'], industry: null }, kept: { revision: 4, since: 3, facts: { tags: ['a'], industry: null } },
    });
    expect(FIELDS.map(first.unknownBefore)).toEqual([true, false]);
    const told = followTold(first.kept, { revision: 5, facts: { tags: ['b'], industry: 'Retail' }, changed: ['tags'] }, FIELDS);
    expect(told).toMatchObject({ before: { tags: ['a'], industry: null }, now: { tags: ['b'], industry: 'Retail' }, kept: { revision: 5, since: 3 } });
    expect(FIELDS.map(told.unknownBefore)).toEqual([false, false]);
  });

  it.each([
    ['email', ['email_kind', 'email_valid', 'company_domain']], ['phone', ['phone_valid']], ['website', ['company_domain']],
  ])('of %s, of what follows from it as well', (field, derived) => {
    const asked = ['tags', 'email_kind', 'email_valid', 'phone_valid', 'company_domain'];
    expect(asked.filter(followTold(null, { revision: 2, facts: {}, changed: [field] }, asked).unknownBefore)).toEqual(derived);
  });

  const RULES = enrolling({ ...students(['contacted']), when: { all: [students().when, { field: 'industry', op: 'ne', value: 'Retail' }] } });
  const open = leadIn('contacted', { score: scoreIs(20), scoring_revision: 3 });
  const enrolledBy = (batches: readonly News[][], kept: KeptFacts | null = null) => batches.reduce((end, batch) => {
    const heard = followNews(RULES, open, end.isEnrolled ? null : open, end.kept, batch, NOW);
    return { kept: heard.kept ?? end.kept, isEnrolled: end.isEnrolled || heard.entry !== null };
  }, { kept, isEnrolled: false });

  it('comes to the same in any order, in any batches, as often as it comes: what is kept, and who is enrolled', () => {
    const one = fc.record({ revision: fc.integer({ min: 1, max: 9 }), isScore: fc.boolean(), startsBatch: fc.boolean() });
    const history = fc.record({ taggedAt: fc.integer({ min: 0, max: 9 }), heard: fc.array(one, { minLength: 1, maxLength: 12 }) });
    fc.assert(fc.property(history, ({ taggedAt, heard }) => {
      const facts = (revision: number) => ({ tags: revision >= taggedAt ? ['student'] : ['vip'], industry: `at ${revision}` });
      const batches = heard.reduce<News[][]>((all, { revision, isScore, startsBatch }) => {
        const news = { revision, facts: facts(revision), changed: isScore ? [] : [revision === taggedAt ? 'tags' : 'city'] };
        return startsBatch || all.length === 0 ? [...all, [news]] : [...all.slice(0, -1), [...all.at(-1)!, news]];
      }, []);
      const newest = Math.max(...heard.map(({ revision }) => revision));
      const isHeardOf = heard.some(({ revision, isScore }) => revision === taggedAt && !isScore) || heard.some(({ revision }) => revision < taggedAt);
      const end = enrolledBy(batches);
      expect(end.kept).toMatchObject({ revision: newest, facts: facts(newest) });
      expect(end.isEnrolled).toBe(newest >= taggedAt && isHeardOf);
    }), { numRuns: 300 });
  });

  it('late, of what was before a lead was enrolled, does not enrol it once more', () => {
    const tagged: News = { revision: 5, facts: { tags: ['student'] }, changed: ['tags'] };
    const { kept, isEnrolled } = enrolledBy([[tagged]]);
    expect([isEnrolled, enrolledBy([[{ revision: 2, facts: {}, changed: ['tags'] }], [tagged]], kept).isEnrolled]).toEqual([true, false]);
  });
});
