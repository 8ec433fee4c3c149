import type { JsMsg } from 'nats';
import type { Database } from '@headwater/platform';

/** A failure that isn't temporary may still be a race: only the fourth one makes it poison. */
export const POISON_AT_TRY = 4;
/** What comes this often may be what kills the process: it is handled alone, and counted before. */
export const SUSPECT_AT_DELIVERY = 4;

/** A message as it stands in the stream: also one that can't be parsed has this. */
const nameOf = (message: JsMsg): string => `${message.info.stream} ${message.seq}`;

/** Counts a try of a message, in a transaction of its own, so that it outlives the try. @returns how many there were */
export async function countTry(database: Database, subscription: string, message: JsMsg): Promise<number> {
  return (await countTries(database, subscription, [message])).get(message) as number;
}

/** The same for several, each given once. */
export async function countTries(database: Database, subscription: string, messages: JsMsg[]): Promise<Map<JsMsg, number>> {
  const rows = messages.length === 0 ? [] : await database.query<{ message: string; tries: number }>(`
    insert into trouble as known (subscription, message) select $1, unnest($2::text[])
    on conflict (subscription, message) do update set tries = known.tries + 1, at = now() returning message, tries`,
  [subscription, [...new Set(messages.map(nameOf))].sort()]);
  const tries = new Map(rows.map((row) => [row.message, row.tries]));
  return new Map(messages.map((message) => [message, tries.get(nameOf(message)) as number]));
}

export async function forget(database: Database, subscription: string, ...messages: JsMsg[]): Promise<void> {
  if (messages.length === 0) return;
  await database.query('delete from trouble where subscription = $1 and message = any($2::text[])', [subscription, messages.map(nameOf)]);
}
