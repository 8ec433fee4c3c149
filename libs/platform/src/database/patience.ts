import type { Tx } from './database';

/** Of what somebody else holds for longer, those who would be written with it in one transaction needn't wait: each is tried by itself. */
export const PATIENCE_TOGETHER_MS = 500;
/** Who waits holds a connection, which are few: what is held for longer is tried again by whoever asked for it. */
export const PATIENCE_ALONE_MS = 2_000;

/** From here on a statement of the transaction waits so long for a lock at most, and then fails with what `isInTheWay` knows. */
export async function limitPatience(tx: Tx, ms: number): Promise<void> {
  await tx.query(`set local lock_timeout = '${ms}ms'`);
}
