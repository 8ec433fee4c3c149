import { sampleOf } from './ask-load';
import { conversionFigures, type ConvertNumbers } from './conversion-summary';

const measured = (given: Partial<ConvertNumbers>): ConvertNumbers => ({
  clients: 32, opportunity: false, conversions_per_s: 310, p50_ms: 90, p99_ms: 190, baseline_per_s: 900, cpu_us_per_conversion: {}, ...given,
});

it('holds 32 clients and every search to the goals, and one client to none', () => {
  const figures = conversionFigures({
    customers: 100_000, conversions: [measured({ clients: 1, conversions_per_s: 50 }), measured({}), measured({ opportunity: true, conversions_per_s: 290, p99_ms: 201 })],
    searches: [{ customers: 1_000_000, by: 'name', p50_ms: 4, p99_ms: 51 }],
  });
  expect(figures.map(({ value, goal, holds, baseline }) => [value, goal, holds, baseline])).toEqual([
    [310, '>= 300', true, 900], [190, '<= 200', true, null], [290, '>= 300', false, 900], [201, '<= 200', false, null], [51, '<= 50', false, null],
  ]);
});

it('counts as done what was answered 200, and tells why others were not', () => {
  const sample = sampleOf({ sent: 5, statuses: { 200: 3, 409: 1, ECONNRESET: 1 }, started: 1_000, ended: 2_500, latencies: [3, 1, 2], refusal: 'not qualified' });
  expect(sample).toEqual({ per_s: 2, p50_ms: 2, p99_ms: 3, done: 3, sent: 5, errors: '1 × 409, 1 × ECONNRESET: not qualified' });
});
