import type { Envelope } from '@headwater/contracts';
import type { Tx } from '@headwater/platform';

/** Claims facts for a subscription, in the transaction of their effect. @returns those that were not taken before */
export async function claimUnseen(tx: Tx, subscription: string, events: Envelope<object>[]): Promise<Envelope<object>[]> {
  const rows = await tx.query<{ event_id: string }>(`
    insert into inbox (subscription, event_id) select $1, unnest($2::uuid[])
    on conflict do nothing returning event_id`, [subscription, [...new Set(events.map(({ id }) => id))]]);
  const unseen = new Set(rows.map(({ event_id }) => event_id));
  return events.filter(({ id }) => unseen.delete(id));
}

/** The newest state per entity. It counts as republished only when all that it stands for were: else something happened. */
export function newestOfEach(events: Envelope<object>[]): Envelope<object>[] {
  const newest = new Map<string, Envelope<object>>();
  for (const event of events) {
    const key = `${event.tenantid} ${event.subject}`;
    const known = newest.get(key);
    newest.set(key, known ? newerOf(known, event) : event);
  }
  return [...newest.values()];
}

function newerOf(known: Envelope<object>, event: Envelope<object>): Envelope<object> {
  const newer = (event.revision ?? 0) > (known.revision ?? 0) ? event : known;
  return newer.republished && !(known.republished && event.republished) ? { ...newer, republished: undefined } : newer;
}
