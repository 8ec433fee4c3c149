import { intakeFigures, type IntakeSuiteNumbers } from './intake-summary';

const numbers: IntakeSuiteNumbers = {
  captures: [{ leads: 10, p50_ms: 10, p95_ms: 20 }, { leads: 100, p50_ms: 14, p95_ms: 40 }],
  import: {
    rows: 1_000, rows_per_s: 3_100, matched_rows_per_s: 2_000, routed_in_s: 1, upload_mb_per_s: 9, live: { leads: 3, p50_ms: 50, p99_ms: 900 },
    memory_mb: { gateway: { first: 100, last: 110 }, intake: { first: 100, last: 150 } }, cpu_us_per_row: {},
  },
  import_baselines: { pg_loop_leads_per_s: 4_000, batched_leads_per_s: 18_000 },
};

test('says which figures hold', () => {
  expect(intakeFigures(numbers).map(({ name, value, holds, baseline }) => [name, value, holds, baseline])).toEqual([
    ['capture p50, slowest to quickest at 10, 100 leads', 1.4, true, null],
    ['capture p95, slowest to quickest at 10, 100 leads', 2, false, null],
    ['import of 1000 rows, captured', 3_100, true, 18_000],
    ['import of 1000 rows, captured and matched', 2_000, false, 4_000],
    ['posted to routed meanwhile, p99', 900, true, null],
    ['memory of gateway, last quarter to first', 1.1, true, 100],
    ['memory of intake, last quarter to first', 1.5, false, 100],
  ]);
});
