import { atLeast, atMost, type Figure } from '../figures/figures';

/** Captures with so many leads present. */
export interface CaptureAtSize {
  leads: number;
  p50_ms: number;
  p95_ms: number;
}

export interface ImportNumbers {
  rows: number;
  /** of the file, from start to the verdict of the last row */
  rows_per_s: number;
  /** the same until every lead has been compared with those it may double */
  matched_rows_per_s: number;
  /** from start to the owner of the last lead */
  routed_in_s: number;
  /** the upload, before it */
  upload_mb_per_s: number;
  /** of leads that were posted meanwhile, from before the request to the event that they were routed */
  live: { leads: number; p50_ms: number; p99_ms: number };
  /** of each, in its first and in its last quarter: the most that was resident */
  memory_mb: Record<'gateway' | 'intake', { first: number; last: number }>;
  cpu_us_per_row: Record<string, number>;
}

export interface IntakeSuiteNumbers {
  captures: CaptureAtSize[];
  import: ImportNumbers;
  import_baselines: { pg_loop_leads_per_s: number; batched_leads_per_s: number };
}

const MEMORY_TOLERANCE = 1.25;

/** What issue 6 asks for. */
export function intakeFigures({ captures, import: { rows, ...numbers }, import_baselines }: IntakeSuiteNumbers): Figure[] {
  const sizes = `${captures.map(({ leads }) => leads).join(', ')} leads`;
  const { pg_loop_leads_per_s: loop, batched_leads_per_s: batched } = import_baselines;
  return [
    atMost(`capture p50, slowest to quickest at ${sizes}`, 1.5, { value: spread(captures.map(({ p50_ms }) => p50_ms)), unit: '×' }),
    atMost(`capture p95, slowest to quickest at ${sizes}`, 1.5, { value: spread(captures.map(({ p95_ms }) => p95_ms)), unit: '×' }),
    atLeast(`import of ${rows} rows, captured`, 3_000, { value: numbers.rows_per_s, unit: 'rows/s', baseline: batched }),
    atLeast(`import of ${rows} rows, captured and matched`, 3_000, { value: numbers.matched_rows_per_s, unit: 'rows/s', baseline: loop }),
    atMost('posted to routed meanwhile, p99', 1_000, { value: numbers.live.p99_ms, unit: 'ms' }),
    ...(['gateway', 'intake'] as const).map((service) => atMost(`memory of ${service}, last quarter to first`, MEMORY_TOLERANCE,
      { value: numbers.memory_mb[service].last / numbers.memory_mb[service].first, unit: '×', baseline: numbers.memory_mb[service].first })),
  ];
}

const spread = (values: readonly number[]): number => Math.max(...values) / Math.min(...values);
