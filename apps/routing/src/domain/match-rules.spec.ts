import { matchRules, type RuleSet } from './match-rules';

const ruleSet: RuleSet = {
  version: 3,
  rules: [
    { name: 'Enterprise', when: { field: 'employees', op: 'gte', value: 1000 }, pool: 'Key accounts', priority: 'high' },
    { name: 'Germany', when: { field: 'country', op: 'eq', value: 'DE' }, pool: 'DACH' },
    { name: 'Everybody hot', when: { field: 'score.is_hot', op: 'eq', value: true }, pool: 'General' },
  ],
  default: { pool: 'General' },
};

test('the first rule that holds decides, and what was tried before it is kept', () => {
  const match = matchRules(ruleSet, { employees: 20, country: 'de' });
  expect(match).toMatchObject({ version: 3, why: 'rule "Germany" (country is DE)', pools: ['DACH', 'General'], priority: null });
  expect(match.tried.map(({ name, held }) => [name, held])).toEqual([['Enterprise', false], ['Germany', true]]);
  expect(match.tried[0].trace).toMatchObject({ holds: false, field: 'employees', found: 20 });
});

test('a later rule that holds too changes nothing', () => {
  expect(matchRules(ruleSet, { employees: 5000, country: 'DE' })).toMatchObject({ pools: ['Key accounts', 'General'], priority: 'high' });
});

test('what nobody knows makes no rule hold: the default decides', () => {
  const match = matchRules(ruleSet, { custom_fields: { employees: 9999 } });
  expect(match).toMatchObject({ why: 'no rule held', pools: ['General'], priority: null });
  expect(match.tried).toHaveLength(3);
});

test('a rule to the default pool names it once', () => {
  expect(matchRules(ruleSet, { score: { is_hot: true } }).pools).toEqual(['General']);
});
