import { judge } from '../watching/measure-lateness';
import { qualificationFigures } from './qualification-summary';

it('holds commands and days to the goals', () => {
  const figures = qualificationFigures({
    leads: 1_000_000,
    commands: { clients: 32, per_s: 790, p50_ms: 30, p99_ms: 119, by_command: [], baseline_per_s: 2_000, cpu_us_per_command: {} },
    recycling: { running: 100_000, due: 10_000, p50_ms: 60, p99_ms: 200, max_ms: 700 },
  });
  expect(figures.map(({ value, goal, holds, baseline }) => [value, goal, holds, baseline]))
    .toEqual([[790, '>= 800', false, 2_000], [119, '<= 120', true, null], [200, '<= 1000', true, 700]]);
});

it('tells of what was missed, came twice, and came too early', () => {
  const faults: string[] = [];
  const late = judge('days', new Map([[1, 1_000], [2, 1_000], [3, 1_000]]), new Map([[1, [1_010]], [2, [1_030, 1_040]], [4, [1_000]]]), faults);
  expect(late).toEqual({ p50_ms: 10, p99_ms: 30, max_ms: 30 });
  expect(faults).toEqual(['days: 1 were not told of, 1 were told of twice, 1 came too early']);
});
