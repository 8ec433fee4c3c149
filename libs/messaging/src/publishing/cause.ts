import type { Context, Envelope } from '@headwater/contracts';

/** What a new event follows from. */
export interface Cause {
  correlationId: string;
  causationId?: string;
  traceparent?: string;
  /** nothing at all: the owner says again what is */
  republished?: true;
}

export const causedByRequest = ({ correlation_id, traceparent }: Pick<Context, 'correlation_id' | 'traceparent'>): Cause =>
  ({ correlationId: correlation_id, traceparent });

export const causedByEvent = ({ correlationid, id, traceparent }: Envelope): Cause =>
  ({ correlationId: correlationid, causationId: id, traceparent });
