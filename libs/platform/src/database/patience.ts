import type { Database, Tx } from './database';
import { isInTheWay } from './temporary';

/** Of what somebody else holds for longer, those who would be written with it in one transaction needn't wait: each is tried by itself. */
export const PATIENCE_TOGETHER_MS = 500;
/** Who waits holds a connection, which are few: what is held for longer is tried again by whoever asked for it. */
export const PATIENCE_ALONE_MS = 2_000;

/** From here on a statement of the transaction waits so long for a lock at most, and then fails with what `isInTheWay` knows. */
export async function limitPatience(tx: Tx, ms: number): Promise<void> {
  await tx.query(`set local lock_timeout = '${ms}ms'`);
}

/**
 * Does something for several in one transaction, or, where somebody holds one of them, for each in one of its own: the others needn't wait.
 * @param held hears of each that somebody holds, for which nothing is done
 * @returns what comes of the others
 */
export async function apartFromHeld<Item, Result>(
  database: Database, items: Item[], work: (tx: Tx, items: Item[]) => Promise<Result[]>, held: (item: Item, error: unknown) => void,
): Promise<Result[]> {
  try {
    return await database.transaction(async (tx) => {
      await limitPatience(tx, PATIENCE_TOGETHER_MS);
      return work(tx, items);
    });
  } catch (error) {
    if (!isInTheWay(error)) throw error;
    if (items.length > 1) return (await Promise.all(items.map((item) => apartFromHeld(database, [item], work, held)))).flat();
    held(items[0], error);
    return [];
  }
}
