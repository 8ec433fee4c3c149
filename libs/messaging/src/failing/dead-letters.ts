import type { JsMsg } from 'nats';
import type { Envelope } from '@headwater/contracts';
import type { Tx } from '@headwater/platform';

/**
 * Puts an event aside with the reason, before it is taken off the stream. The letter takes the event's place in the inbox: if
 * the event comes again, it isn't handled beside its letter, nor buried twice. One that was handled meanwhile isn't buried.
 */
export async function bury(tx: Tx, subscription: string, message: JsMsg, error: Error): Promise<void> {
  const body = message.string();
  const { id, tenantid } = parse(body);
  await tx.query(`
    with claimed as (
      insert into inbox (subscription, event_id) select $1, $2::uuid where $2::uuid is not null
      on conflict do nothing returning event_id
    )
    insert into dead_letter (subscription, event_id, tenant_id, subject, body, error, deliveries)
    select $1, $2::uuid, $3, $4, $5, $6, $7 where $2::uuid is null or exists (select from claimed)`, [
    subscription, isUuid(id) ? id : null, typeof tenantid === 'string' ? storable(tenantid) : null, message.subject, storable(body),
    storable(error.stack ?? error.message), message.info.redeliveryCount,
  ]);
}

/** A letter's event may be handled again: its place in the inbox is free for that. */
export async function freePlace(tx: Tx, subscription: string, eventId: string | null): Promise<void> {
  await tx.query('delete from inbox where subscription = $1 and event_id = $2', [subscription, eventId]);
}

/** PostgreSQL keeps any text but NUL. */
export const storable = (text: string): string => text.replaceAll('\u0000', '\uFFFD');

/** What can't be parsed is kept as it came: nothing is known of it then. */
function parse(body: string): Partial<Envelope> {
  try {
    return (JSON.parse(body) ?? {}) as Partial<Envelope>;
  } catch {
    return {};
  }
}

const isUuid = (id: unknown): id is string =>
  typeof id === 'string' && /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(id);
