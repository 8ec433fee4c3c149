const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;
const SAMPLED = 1;

export interface TraceIds {
  traceId: string;
  spanId: string;
  flags: number;
}

/** The parts of a W3C trace context; undefined for what isn't one. */
export function readTraceparent(text: unknown): TraceIds | undefined {
  const found = typeof text === 'string' ? TRACEPARENT.exec(text) : null;
  return found ? { traceId: found[1], spanId: found[2], flags: parseInt(found[3], 16) } : undefined;
}

export const writeTraceparent = ({ traceId, spanId, flags }: TraceIds): string =>
  `00-${traceId}-${spanId}-${flags.toString(16).padStart(2, '0')}`;

/** Whether whoever began the trace wants it recorded. */
export const isSampled = ({ flags }: Pick<TraceIds, 'flags'>): boolean => (flags & SAMPLED) === SAMPLED;
