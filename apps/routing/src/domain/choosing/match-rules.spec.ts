import { compileRules } from '../rule-sets/compile-rules';
import { explainRules, matchRules } from './match-rules';

const pool = (name: string, fallback?: string) => ({ name, strategy: 'round_robin', members: ['a'], fallback });
const rules = compileRules(3, {
  pools: [pool('Key accounts', 'DACH'), pool('DACH'), pool('General', 'Last'), pool('Last')],
  rule_set: {
    rules: [
      { name: 'Enterprise', when: { field: 'employees', op: 'gte', value: 1000 }, pool: 'Key accounts', priority: 'high', sla_policy: 'Fast' },
      { name: 'Germany', when: { field: 'country', op: 'eq', value: 'DE' }, team: 'Berlin' },
      { name: 'Partners', when: { field: 'source', op: 'eq', value: 'partner' }, queue: 'Partner desk' },
      { name: 'Everybody hot', when: { field: 'score.is_hot', op: 'eq', value: true }, pool: 'General' },
    ],
    default: { pool: 'General' },
    queues: [{ name: 'Partner desk' }],
  },
});

test('the first rule that holds decides, with the pools that are asked one after the other', () => {
  expect(matchRules(rules, { employees: 5000, country: 'DE' })).toEqual({
    version: 3, rule: 'Enterprise', why: 'rule "Enterprise" (employees ≥ 1000)', pools: ['Key accounts', 'DACH', 'General', 'Last'], queue: null,
    priority: 'high', sla_policy: 'Fast',
  });
});

test('a rule may lead to a team, whose members take turns by themselves', () => {
  expect(matchRules(rules, { employees: 20, country: 'de' })).toMatchObject({ rule: 'Germany', pools: ['team:Berlin/round_robin', 'General', 'Last'] });
});

test('a rule may lead to a queue, where nobody is picked', () => {
  expect(matchRules(rules, { source: 'partner' })).toMatchObject({ rule: 'Partners', pools: [], queue: 'Partner desk' });
});

test('what nobody knows makes no rule hold: the default decides', () => {
  expect(matchRules(rules, { custom_fields: { employees: 9999 } })).toMatchObject({ rule: null, why: 'no rule held', pools: ['General', 'Last'], priority: null });
});

test('a rule to the default pool names it once', () => {
  expect(matchRules(rules, { score: { is_hot: true } }).pools).toEqual(['General', 'Last']);
});

test('every rule that was tried is explained, up to the one that held', () => {
  const tried = explainRules(rules, { employees: 20, country: 'de' });
  expect(tried.map(({ name, held }) => [name, held])).toEqual([['Enterprise', false], ['Germany', true]]);
  expect(tried[0].trace).toMatchObject({ holds: false, field: 'employees', found: 20 });
  expect(explainRules(rules, {}).map(({ held }) => held)).toEqual([false, false, false, false]);
});
