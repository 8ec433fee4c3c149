import { atMost, type Figure } from '../figures/figures';

/** Medians of the rounds with so many leads present at their beginning. */
export interface SizeNumbers {
  leads: number;
  pipeline_leads_per_s: number;
  intake_p50_ms: number;
}

export interface MemoryUnderBacklog {
  events: number;
  /** the most that all services together had resident while it waited and while it was consumed */
  services_mb: number;
  consumed_in_s: number;
}

export interface GrowthNumbers {
  growth: SizeNumbers[];
  /** a small one, and one ten times as large */
  backlogs: [MemoryUnderBacklog, MemoryUnderBacklog];
}

/** A heap that is collected when it pleases is not the same twice. */
const MEMORY_TOLERANCE = 1.2;

/** What issue 4 asks for. */
export function growthFigures({ growth, backlogs: [small, large] }: GrowthNumbers): Figure[] {
  const sizes = `${growth.map(({ leads }) => leads).join(', ')} leads`;
  return [
    atMost(`pipeline, quickest to slowest at ${sizes}`, 1.5, { value: spread(growth.map((one) => one.pipeline_leads_per_s)), unit: '×' }),
    atMost(`intake p50, slowest to quickest at ${sizes}`, 1.5, { value: spread(growth.map((one) => one.intake_p50_ms)), unit: '×' }),
    atMost(`memory of the services, backlog of ${large.events} to ${small.events} events`, MEMORY_TOLERANCE,
      { value: large.services_mb / small.services_mb, unit: '×', baseline: small.services_mb }),
  ];
}

const spread = (values: readonly number[]): number => Math.max(...values) / Math.min(...values);
