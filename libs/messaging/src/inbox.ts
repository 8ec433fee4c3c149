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

/** The newest state per entity. */
export function newestOfEach(events: Envelope<object>[]): Envelope<object>[] {
  const newest = new Map<string, Envelope<object>>();
  for (const event of events) {
    const key = `${event.tenantid} ${event.subject}`;
    const known = newest.get(key);
    if (!known || (event.revision ?? 0) > (known.revision ?? 0)) newest.set(key, event);
  }
  return [...newest.values()];
}
