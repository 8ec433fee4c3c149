import { createHash } from 'node:crypto';
import type { Envelope, EventDefinition } from '@headwater/contracts';
import { seal } from '@headwater/messaging';

const TENANT = 'demo';
const CORRELATION = '019b2a6e-5c1e-7a10-8d4f-0b6c2e9f7a31';
const TRACE = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
/** When nothing in the data says when. */
const SOME_TIME = '2025-12-15T09:00:00.000Z';

/** The example of an event as it travels, the same each time. */
export function exampleEnvelope(definition: EventDefinition<object>): Envelope {
  const { publishers, example: { subject, leadId, revision, data } } = definition;
  const event = definition.of(TENANT, subject, data, { leadId, revision });
  const sealed = seal(publishers[0]!, event, { correlationId: CORRELATION, traceparent: TRACE });
  const time = latestMoment(data);
  return JSON.parse(JSON.stringify({ ...sealed, id: idOf(definition, time), time })) as Envelope;
}

/** A UUIDv7 of that time. */
function idOf({ type, version }: EventDefinition<object>, time: string): string {
  const moment = Date.parse(time).toString(16).padStart(12, '0');
  const rest = createHash('sha256').update(`${type}.v${version}`).digest('hex');
  return `${moment.slice(0, 8)}-${moment.slice(8)}-7${rest.slice(0, 3)}-8${rest.slice(3, 6)}-${rest.slice(6, 18)}`;
}

function latestMoment(data: object): string {
  const moments = JSON.stringify(data).match(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g) ?? [];
  return moments.sort().at(-1) ?? SOME_TIME;
}
