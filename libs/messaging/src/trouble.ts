import type { JsMsg } from 'nats';
import type { Database } from '@headwater/platform';

/** A message as it stands in the stream: also one that can't be parsed has this. */
const nameOf = (message: JsMsg): string => `${message.info.stream} ${message.seq}`;

/** Counts a try of a message, in a transaction of its own, so that it outlives the try. @returns how many there were */
export async function countTry(database: Database, subscription: string, message: JsMsg): Promise<number> {
  const [{ tries }] = await database.query<{ tries: number }>(`
    insert into trouble as known (subscription, message) values ($1, $2)
    on conflict (subscription, message) do update set tries = known.tries + 1, at = now() returning tries`,
  [subscription, nameOf(message)]);
  return tries;
}

export async function forget(database: Database, subscription: string, message: JsMsg): Promise<void> {
  await database.query('delete from trouble where subscription = $1 and message = $2', [subscription, nameOf(message)]);
}
