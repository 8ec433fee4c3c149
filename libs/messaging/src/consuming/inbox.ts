import type { Envelope } from '@headwater/contracts';
import type { Tx } from '@headwater/platform';
import type { Heard } from './parts';

/** What of it was not handled before: of state events the newest, of the others each once. */
export async function freshOf(tx: Tx, heard: readonly Heard[]): Promise<Heard[]> {
  const isCounted = ({ flow: { subscription } }: Heard) => subscription.everyOne && !subscription.isRepeatable;
  const unseen = await claimUnseen(tx, heard.filter(isCounted));
  return heard.map((one) => ({
    ...one, events: isCounted(one) ? one.events.filter(({ id }) => unseen.delete(id)) : one.flow.subscription.everyOne ? one.events : newestOfEach(one.events),
  }));
}

/** Claims facts for subscriptions, in the transaction of their effect. @returns the ids of those that were not taken before */
async function claimUnseen(tx: Tx, heard: readonly Heard[]): Promise<Set<string>> {
  if (heard.length === 0) return new Set();
  const claims = heard.flatMap(({ flow: { name }, events }) => events.map(({ id }) => ({ name, id })));
  const rows = await tx.query<{ event_id: string }>(`
    insert into inbox (subscription, event_id) select * from unnest($1::text[], $2::uuid[])
    on conflict do nothing returning event_id`, [claims.map(({ name }) => name), claims.map(({ id }) => id)]);
  return new Set(rows.map(({ event_id }) => event_id));
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
