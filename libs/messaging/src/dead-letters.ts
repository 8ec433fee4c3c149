import type { JsMsg } from 'nats';
import type { Envelope } from '@headwater/contracts';
import type { Tx } from '@headwater/platform';

/** Puts an event aside with the reason, before it is taken off the stream. */
export async function bury(tx: Tx, subscription: string, message: JsMsg, error: Error): Promise<void> {
  const body = message.string();
  const envelope = parse(body);
  await tx.query(`
    insert into dead_letter (subscription, event_id, tenant_id, subject, body, error, deliveries)
    values ($1, $2, $3, $4, $5, $6, $7)`, [
    subscription, envelope?.id ?? null, envelope?.tenantid ?? null, message.subject, body.replaceAll('\u0000', '\uFFFD'),
    error.stack ?? error.message, message.info.redeliveryCount,
  ]);
}

function parse(body: string): Envelope | null {
  try {
    return JSON.parse(body) as Envelope;
  } catch {
    return null; // what can't be parsed is kept as it came
  }
}
