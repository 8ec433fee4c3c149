import { atLeast, atMost, type Figure } from '../figures/figures';

export interface ConvertNumbers {
  clients: number;
  opportunity: boolean;
  conversions_per_s: number;
  p50_ms: number;
  p99_ms: number;
  /** the same rows, in one transaction through pg, from as many connections */
  baseline_per_s: number;
  /** processor time of each process, in microseconds */
  cpu_us_per_conversion: Record<string, number>;
}

export interface SearchNumbers { customers: number; by: string; p50_ms: number; p99_ms: number }

export interface ConversionSuiteNumbers {
  customers: number;
  conversions: ConvertNumbers[];
  searches: SearchNumbers[];
}

/** What issue 10 asks for. */
export function conversionFigures({ customers, conversions, searches }: ConversionSuiteNumbers): Figure[] {
  return [
    ...conversions.flatMap(({ clients, opportunity, conversions_per_s, p99_ms, baseline_per_s }) => {
      const what = `${opportunity ? 'with opportunity' : 'customer only'}, ${clients} ${clients === 1 ? 'client' : 'clients'}, ${customers} customers present`;
      return clients === 1 ? [] : [
        atLeast(`conversions ${what}`, 300, { value: conversions_per_s, unit: '/s', baseline: baseline_per_s }),
        atMost(`conversions ${what}, p99`, 200, { value: p99_ms, unit: 'ms' }),
      ];
    }),
    ...searches.map(({ customers: present, by, p99_ms }) => atMost(`search by ${by}, ${present} customers, p99`, 50, { value: p99_ms, unit: 'ms' })),
  ];
}
