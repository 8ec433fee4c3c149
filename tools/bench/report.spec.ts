import { atLeast, atMost } from './figures/figures';
import { conclusionOf, tableOf } from './report';

test('a table is flush left in its first column, and right in the others', () => {
  expect(tableOf(['process', 'MB'], [['intake', '200'], ['nats', '54']])).toEqual([
    '',
    '  process   MB',
    '  intake   200',
    '  nats      54',
  ]);
});

const good = atLeast('routed', 800, { value: 900, unit: 'leads/s' });
const bad = atMost('p99', 150, { value: 151, unit: 'ms' });

test.each([
  [[good], [], 'Every figure is as good as its goal.'],
  [[good, bad], [], '1 of 2 figures miss their goal.'],
  [[good], ['pipeline: …'], 'No figure counts: what was accepted is not what is there.'],
])('concludes', (figures, faults, sentence) => {
  expect(conclusionOf(figures, faults)).toBe(sentence);
});
