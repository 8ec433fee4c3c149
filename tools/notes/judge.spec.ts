import { judge } from './judge';
import type { Expected } from './labelled-note';

const NOTHING: Expected = { budget: null, authority: null, need: null, timeline: null };
const judged = (text: string, expected: Partial<Expected>) => judge([{ text, date: '2025-12-15', expected: { ...NOTHING, ...expected } }]);
const BUDGET = 'Budget $75K approved.';

it('counts what is read as it is labelled', () => {
  const { elements, all, misses } = judged(BUDGET, { budget: { amount: 75_000, currency: 'USD', status: 'approved' } });
  expect(elements.budget).toMatchObject({ precision: 1, recall: 1, tp: 1, fp: 0, fn: 0 });
  expect([all.tp, misses]).toEqual([1, []]);
});

it('counts an element of which a field differs as wrong and as missed', () => {
  const { elements, misses } = judged(BUDGET, { budget: { amount: 75_000, currency: 'EUR', status: 'approved' } });
  expect(elements.budget).toMatchObject({ precision: 0, recall: 0, tp: 0, fp: 1, fn: 1 });
  expect(misses.map(({ element }) => element)).toEqual(['budget']);
});

it('counts what is read where nothing is said as wrong, and what is not read as missed', () => {
  expect(judged(BUDGET, {}).elements.budget).toMatchObject({ tp: 0, fp: 1, fn: 0 });
  expect(judged('Called.', { need: { present: true } }).elements.need).toMatchObject({ tp: 0, fp: 0, fn: 1 });
});

it.each([['2026-03-31', 1], ['2026-03-27', 1], ['2026-04-05', 1], ['2026-04-06', 0], ['2026-03-25',
  0]])('takes %s for the end of March within five days', (by, right) => {
  expect(judged('Timeline: go-live by end of March.', { timeline: { by, period_days: null, urgency: 'dated' } }).elements.timeline.tp).toBe(right);
});

it('takes a day that follows from a length of time for none', () => {
  expect(judged('Timeline: 90 days.', { timeline: { by: null, period_days: 90, urgency: 'dated' } }).elements.timeline.tp).toBe(1);
  expect(judged('Timeline: 60 days.', { timeline: { by: null, period_days: 90, urgency: 'dated' } }).elements.timeline.tp).toBe(0);
});

it('compares positions by their words', () => {
  expect(judged('The Head of IT decides.', { authority: { role: 'decision_maker', title: 'head of it' } }).elements.authority.tp).toBe(1);
  expect(judged('The Head of IT decides.', { authority: { role: 'decision_maker', title: 'IT' } }).elements.authority.tp).toBe(0);
});
