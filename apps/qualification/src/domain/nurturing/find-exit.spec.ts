import fc from 'fast-check';
import type { LeadScoreView, NurtureRules } from '@headwater/contracts';
import { leadIn, NOW } from '../../../test/lead-in';
import { compileRules, type CompiledRules } from './compile-rules';
import { startEnrolment, withoutDates, type Enrolment } from './enrolment';
import { exitByDate, exitByScore, exitBySignal, heldBy } from './find-exit';
import { DEFAULT_RULES } from './nurture-rules';

const USUAL = compileRules(DEFAULT_RULES);
const leaving = (...exits: NurtureRules['exits']) => compileRules({ enrol: [], exits });

const BY = { actor: 'Test Admin', at: NOW };
const LATER = '2026-11-21T10:00:00.000Z';
const score = (total_score: number): LeadScoreView => ({
  total_score, behavioral_score: total_score, demographic_score: 0, grade: 'C', temperature: total_score >= 75 ? 'hot' : 'cold',
});
const lead = (total = 20) => leadIn('nurturing', { score: score(total) });
const enrolled = (rules: CompiledRules = USUAL, total = 20, recycle_at: string | null = null): Enrolment =>
  startEnrolment(lead(), 1, { recycle_at }, { rules, held: heldBy(rules, 'problem', lead(total)) }, BY);

describe('a signal', () => {
  it.each([
    ['demo_request', {}, 'Demo request', 'Demo request: signal type is demo_request'],
    ['content_download', { file: '/files/pricing-2026.pdf' }, 'Pricing download', 'Pricing download: signal type is content_download and signal about has the word pricing'],
    ['content_download', { file: '/files/case-study.pdf' }, null, null],
    ['email_reply', null, 'Reply', 'Reply: signal type is one of email_reply, inbound_email, call, 1 more'],
    ['web_visit', {}, null, null],
  ])('%s with %j: %s', (type, properties, trigger, because) => {
    expect(exitBySignal(USUAL, enrolled(), lead(), { type, at: LATER, properties }))
      .toEqual(trigger && { kind: 'signal', trigger, because: expect.stringContaining(because as string) });
  });

  it('from before the lead was enrolled is none', () => {
    for (const at of ['2026-11-20T09:59:59.000Z', NOW]) expect(exitBySignal(USUAL, enrolled(), lead(), { type: 'demo_request', at })).toBeNull();
  });

  it('counts together with the score', () => {
    const rules = leaving({ name: 'Both', when: { all: [{ field: 'signal.type', op: 'eq', value: 'web_visit' }, { field: 'score.total', op: 'gte', value: 50 }] } });
    expect(exitBySignal(rules, enrolled(rules), lead(49), { type: 'web_visit', at: LATER })).toBeNull();
    expect(exitBySignal(rules, enrolled(rules), lead(50), { type: 'web_visit', at: LATER })).toMatchObject({ trigger: 'Both' });
  });
});

describe('a score', () => {
  it('is an exit when it rises to it, not when it was there before', () => {
    expect(exitByScore(USUAL, enrolled(), lead(80)).exit).toEqual({ kind: 'score', trigger: 'Hot score', because: 'Hot score: score temperature is hot' });
    expect(exitByScore(USUAL, enrolled(USUAL, 80), lead(90))).toEqual({ exit: null, held: ['Hot score'] });
    expect(exitByScore(USUAL, enrolled(USUAL, 80), lead(30))).toEqual({ exit: null, held: [] });
  });

  it('over any way: the first step from below to above is the exit', () => {
    const rules = leaving({ name: 'X', when: { field: 'score.total', op: 'gte', value: 50 } });
    fc.assert(fc.property(fc.integer({ min: 0, max: 100 }), fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 20 }), (first, way) => {
      let enrolment = enrolled(rules, first);
      const found = way.findIndex((total) => {
        const { exit, held } = exitByScore(rules, enrolment, lead(total));
        enrolment = { ...enrolment, held };
        return exit !== null;
      });
      const expected = way.findIndex((total, i) => total >= 50 && (i === 0 ? first : way[i - 1]) < 50);
      expect(found).toBe(expected);
    }));
  });
});

describe('a day', () => {
  const rules = leaving({ name: 'A week', after_days: 7, when: { field: 'score.total', op: 'gte', value: 50 } }, { name: 'A month', after_days: 30 });
  const day = (n: number) => new Date(Date.parse(NOW) + n * 86_400_000).toISOString();

  it('is asked for the condition that goes with it, and passes', () => {
    const enrolment = enrolled(rules);
    expect(enrolment.next_at).toBe(day(7));
    const { exit, due } = exitByDate(rules, enrolment, lead(49), day(7));
    expect(exit).toBeNull();
    expect(withoutDates(enrolment, due)).toMatchObject({ next_at: day(30), dates: [{ name: 'A month' }] });
    expect(exitByDate(rules, enrolment, lead(50), day(7)).exit).toMatchObject({ kind: 'date', because: 'A week: 7 days after it was enrolled, score total ≥ 50' });
    expect(exitByDate(rules, enrolment, lead(0), day(31)).exit).toMatchObject({ trigger: 'A month', because: 'A month: 30 days after it was enrolled' });
  });

  it('that the rules know no longer passes; the recycle date always counts', () => {
    expect(exitByDate(leaving(), enrolled(rules), lead(), day(31)).exit).toBeNull();
    expect(exitByDate(leaving(), enrolled(rules, 20, day(3)), lead(), day(3)).exit).toMatchObject({ kind: 'recycle_date' });
  });
});
