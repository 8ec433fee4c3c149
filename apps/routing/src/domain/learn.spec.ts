import { isOnlyScored, unheardOf } from './assignment';
import { learn, type LeadNews } from './learn';

const key = { tenant: 'demo', lead_id: 7 };
const score = (revision: number) => ({ revision, facts: { total: revision, grade: 'D', temperature: 'cold', is_hot: false, mql: false } });
const intake = (revision: number) => ({ revision, facts: { employees: revision } });
const converted = { converted_at: '2026-11-22T03:30:00.000Z', account_id: 1, contact_id: 1, customer_id: 1 };
const after = (...told: Omit<LeadNews, keyof typeof key>[]) =>
  told.reduce((known, news) => learn(known, { ...key, ...news }), unheardOf(key));

test('the newest of each publisher is kept, whatever came first', () => {
  const known = after({ intake: intake(3), score: score(1) }, { intake: intake(2), score: score(4) });
  expect(known).toMatchObject({ intake_revision: 3, facts: { employees: 3 }, scoring_revision: 4, score: { total: 4 }, revision: 1 });
  expect(after({ score: score(4) }, { intake: intake(2), score: score(2) }, { intake: intake(3), score: score(1) })).toEqual(known);
});

test('what it was converted into first stays', () => {
  expect(after({ converted }, { converted: { ...converted, account_id: 2 }, intake: intake(1) }).converted).toEqual(converted);
});

test('what is no news changes nothing', () => {
  const known = after({ intake: intake(2), score: score(2), converted });
  expect(learn(known, { ...key, intake: intake(2), score: score(1), converted })).toBe(known);
});

test('of a lead that had a score, another one may be all that is new', () => {
  const before = after({ intake: intake(2), score: score(2) });
  const heard = (news: Partial<LeadNews>) => isOnlyScored({ before, after: learn(before, { ...key, ...news }) });
  expect([heard({ score: score(3) }), heard({ intake: intake(2), score: score(3) })]).toEqual([true, true]);
  expect([heard({ intake: intake(3), score: score(3) }), heard({ score: score(3), converted })]).toEqual([false, false]);
  expect(isOnlyScored({ before, after: { ...learn(before, { ...key, score: score(3) }), priority: 'high' } })).toBe(false);
  // Of one that nobody has told of there is no row.
  expect(isOnlyScored({ before: unheardOf(key), after: after({ score: score(1) }) })).toBe(false);
});
