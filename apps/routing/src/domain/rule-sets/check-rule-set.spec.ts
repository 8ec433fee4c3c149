import { BY_ITSELF, checkRuleSet } from './check-rule-set';
import { documentFrom, storedFrom, type RuleSetDocument } from './rule-set-document';
import { keptPools } from './targets';

const known = { users: new Set(['anna', 'ben']), teams: new Set(['Berlin', 'Partners']), roles: new Set(['closer']), policies: new Set(['Fast']) };
const pool = (name: string, more: object = {}) => ({ name, strategy: 'round_robin', members: ['anna'], ...more });
const document = (): RuleSetDocument => ({
  pools: [pool('A', { fallback: 'B' }), pool('B', { members: [], teams: ['Berlin'], max_wait_hours: 12 }), pool('C', { members: [], roles: ['Closer'] })],
  rules: [
    { name: 'Named', when: { always: true }, rep: 'ben', sla_policy: 'Fast' }, { name: 'Team', when: { always: true }, team: 'Berlin', strategy: 'weighted' },
    { name: 'Place', when: { always: true }, territory_owner: true }, { name: 'Desk', when: { always: true }, queue: 'Desk' },
    { name: 'Role', when: { always: true }, role: 'Closer ', strategy: 'least_open' },
  ],
  default: { pool: 'A' },
  queues: [{ name: 'Desk', teams: ['Partners'], roles: ['closer'] }],
  reroute_on: ['country', 'hot'],
});

const problemsOf = (change: (given: RuleSetDocument) => void): string[] => {
  const given = document();
  change(given);
  return checkRuleSet(storedFrom(given), known, BY_ITSELF).map(({ field, code }) => `${field}: ${code}`);
};

test('rules lead to pools, reps, teams, roles, owners of territories and queues', () => expect(problemsOf(() => undefined)).toEqual([]));

test.each<[string, (given: RuleSetDocument) => void]>([
  ['pools.0.members: empty_pool', ({ pools }) => { pools[0].members = []; }],
  ['pools.0.members.0: unknown_rep', ({ pools }) => { pools[0].members = ['carl']; }],
  ['pools.1.teams.0: unknown_team', ({ pools }) => { pools[1].teams = ['Rome']; }],
  ['pools.2.roles.0: unknown_role', ({ pools }) => { pools[2].roles = ['opener']; }],
  ['rules.4.role: unknown_role', ({ rules }) => { rules[4].role = 'opener'; }],
  ['rules.4.role: several_targets', ({ rules }) => { rules[4].team = 'Berlin'; }],
  ['queues.0.roles.0: unknown_role', ({ queues }) => { queues![0].roles = ['opener']; }],
  ['pools.0.fallback: unknown_pool', ({ pools }) => { pools[0].fallback = 'Nobody'; }],
  ['pools.2.fallback: fallback_loop', ({ pools }) => { pools[2].fallback = 'C'; }],
  ['pools.2.name: reserved_name', ({ pools }) => { pools[2].name = 'team:Berlin'; }],
  ['rules.0.pool: required', ({ rules }) => { rules[0] = { name: 'Nowhere', when: { always: true } }; }],
  ['rules.0.rep: several_targets', ({ rules }) => { rules[0].pool = 'A'; }],
  ['rules.0.rep: unknown_rep', ({ rules }) => { rules[0].rep = 'carl'; }],
  ['rules.0.sla_policy: unknown_policy', ({ rules }) => { rules[0].sla_policy = 'Slow'; }],
  ['rules.0.strategy: strategy_without_team', ({ rules }) => { rules[0].strategy = 'weighted'; }],
  ['rules.1.team: unknown_team', ({ rules }) => { rules[1].team = 'Rome'; }],
  ['rules.1.strategy: unknown_strategy', ({ rules }) => { rules[1].strategy = 'fastest'; }],
  ['rules.3.queue: unknown_queue', ({ rules }) => { rules[3].queue = 'Elsewhere'; }],
  ['default.pool: unknown_pool', (given) => { given.default.pool = 'Nobody'; }],
  ['queues.0.teams.0: unknown_team', ({ queues }) => { queues![0].teams = ['Rome']; }],
  ['reroute_on.0: unknown_value', (given) => { given.reroute_on = ['weather' as never]; }],
])('%s', (problem, change) => expect(problemsOf(change)).toEqual([problem]));

test('fallbacks in a circle are told of each pool in it', () => {
  expect(problemsOf(({ pools }) => { pools[1].fallback = 'C'; pools[2].fallback = 'A'; }))
    .toEqual(['pools.0.fallback: fallback_loop', 'pools.1.fallback: fallback_loop', 'pools.2.fallback: fallback_loop']);
});

test('a pool that falls back into a circle of others is in none itself', () => {
  expect(problemsOf(({ pools }) => { pools[1].fallback = 'C'; pools[2].fallback = 'B'; }))
    .toEqual(['pools.1.fallback: fallback_loop', 'pools.2.fallback: fallback_loop']);
});

test('where nobody knows the policies and roles, any name will do', () => {
  const given = document();
  given.rules[0].sla_policy = 'Slow';
  given.rules[4].role = 'opener';
  expect(checkRuleSet(storedFrom(given), { ...known, roles: null, policies: null }, BY_ITSELF)).toEqual([]);
});

test('teams, roles, reps and territories that rules lead to are pools of their own', () => {
  expect(keptPools(storedFrom(document())).map(({ name, strategy, members, teams, roles = [] }) => [name, strategy, members, teams, roles])).toEqual([
    ['A', 'round_robin', ['anna'], [], []], ['B', 'round_robin', [], ['Berlin'], []], ['C', 'round_robin', [], [], ['closer']],
    ['rep:ben', 'named', ['ben'], [], []], ['team:Berlin/weighted', 'weighted', [], ['Berlin'], []], ['territory:owner', 'territory_owner', [], [], []],
    ['role:closer/least_open', 'least_open', [], [], ['closer']],
  ]);
});

test('a document comes out of its stored form as it was', () => expect(documentFrom(storedFrom(document()))).toEqual(document()));
