import type { JsMsg } from 'nats';
import type { Envelope } from '@headwater/contracts';
import type { Scope } from '@headwater/platform';

/** What is read of a message: an event's envelope, or what came by the spool. */
type Body = Partial<Envelope> & { content?: { item?: { correlation_id?: string; traceparent?: string } } };

/** Whom a line about messages is about: the one's caller; of many nobody in particular. Their texts must not stand in it. */
export function scopeOfEvents(messages: Pick<JsMsg, 'string'>[]): Scope {
  const bodies = messages.map((message) => parsed(message.string()) as Body);
  const material = bodies.map((body) => body.data ?? body.content ?? body);
  if (bodies.length !== 1) return { material };
  const { tenantid, correlationid, traceparent, content } = bodies[0];
  return {
    tenant: tenantid, correlation_id: correlationid ?? content?.item?.correlation_id, traceparent: traceparent ?? content?.item?.traceparent, material,
  };
}

/** What can't be parsed is all of it one text. */
function parsed(body: string): object {
  try {
    const value = JSON.parse(body) as unknown;
    return typeof value === 'object' && value !== null ? value : { data: value };
  } catch {
    return { data: body };
  }
}
