import type { SetupDocument } from './setup-document';
import { checkSetup } from './check-setup';

const setup = (): SetupDocument => ({
  teams: [{ name: 'East' }],
  reps: [{ user_id: 'anna', name: 'Anna', team: 'East', time_zone: 'Europe/Berlin' }, { user_id: 'ben', name: 'Ben' }],
  pools: [{ name: 'General', strategy: 'round_robin', members: ['anna', 'ben'] }],
  rule_set: {
    rules: [{ name: 'Germany', when: { field: 'country', op: 'eq', value: 'DE' }, pool: 'General' }],
    default: { pool: 'General' },
  },
});

const problemsOf = (change: (document: SetupDocument) => void): string[] => {
  const document = setup();
  change(document);
  return checkSetup(document).map(({ field, code }) => `${field}: ${code}`);
};

test('a good document has no problems', () => expect(problemsOf(() => undefined)).toEqual([]));

test.each<[string, (document: SetupDocument) => void]>([
  ['reps.1.team: unknown_team', ({ reps }) => { reps[1].team = 'West'; }],
  ['reps.0.time_zone: unknown_time_zone', ({ reps }) => { reps[0].time_zone = 'Europe/Bielefeld'; }],
  ['reps.2.user_id: duplicate', ({ reps }) => { reps.push({ user_id: 'anna', name: 'Another' }); }],
  ['teams.1.name: duplicate', ({ teams }) => { teams.push({ name: 'east' }); }],
  ['teams.0.name: required', (document) => { document.teams[0].name = ' '; document.reps[0].team = null; }],
  ['pools.0.strategy: unknown_strategy', ({ pools }) => { pools[0].strategy = 'fastest'; }],
  ['pools.0.members: empty_pool', ({ pools }) => { pools[0].members = []; }],
  ['pools.0.members.1: unknown_rep', ({ pools }) => { pools[0].members![1] = 'carl'; }],
  ['pools.0.members.2: duplicate', ({ pools }) => { pools[0].members!.push('ben'); }],
  ['pools.1.name: duplicate', ({ pools }) => { pools.push({ ...pools[0] }); }],
  ['rule_set.rules.0.pool: unknown_pool', ({ rule_set }) => { rule_set.rules[0].pool = 'Nobody'; }],
  ['rule_set.rules.1.name: duplicate', ({ rule_set }) => { rule_set.rules.push({ ...rule_set.rules[0] }); }],
  ['rule_set.default.pool: unknown_pool', ({ rule_set }) => { rule_set.default.pool = 'Nobody'; }],
  ['rule_set.rules.0.when.field: unknown_field', ({ rule_set }) => { rule_set.rules[0].when = { field: 'shoe_size', op: 'exists' }; }],
  ['rule_set.rules.0.when.all.1.value: wrong_value_type', ({ rule_set }) => {
    rule_set.rules[0].when = { all: [{ always: true }, { field: 'employees', op: 'gte', value: 'many' }] };
  }],
  ['reps.0.name: invalid_text', ({ reps }) => { reps[0].name = 'An\0na'; }],
  ['rule_set.rules.0.when.value: invalid_text', ({ rule_set }) => {
    rule_set.rules[0].when = { field: 'country', op: 'eq', value: 'D\ud800' };
  }],
])('%s', (problem, change) => expect(problemsOf(change)).toEqual([problem]));

test('every problem is told, not only the first', () => {
  expect(problemsOf((document) => {
    document.pools[0].strategy = 'fastest';
    document.rule_set.default.pool = 'Nobody';
  })).toEqual(['pools.0.strategy: unknown_strategy', 'rule_set.default.pool: unknown_pool']);
});

test('a condition of any depth gets an answer', () => {
  let deep: object = { always: true };
  for (let i = 0; i < 50_000; i += 1) deep = { not: deep };
  expect(problemsOf(({ rule_set }) => { rule_set.rules[0].when = deep as never; })[0]).toMatch(/too_deep$/);
});

test('a condition may ask for the score and for custom fields', () => {
  expect(problemsOf(({ rule_set }) => {
    rule_set.rules[0].when = { all: [
      { field: 'score.total', op: 'gte', value: 75 }, { field: 'score.is_hot', op: 'eq', value: true },
      { field: 'custom_fields.plan', op: 'eq', value: 'pro' }, { field: 'tags', op: 'has_any', value: ['vip'] },
    ] };
  })).toEqual([]);
});
