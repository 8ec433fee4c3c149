import type { Lane } from '@headwater/contracts';
import type { Tx } from '@headwater/platform';

const lanes = new WeakMap<Tx, Lane>();

/** What is announced within this transaction follows from events of that lane, and goes on in it. */
export const followInLane = (tx: Tx, lane: Lane): void => void lanes.set(tx, lane);

/** The lane of what is announced within a transaction. */
export const laneOf = (tx: Tx): Lane => lanes.get(tx) ?? 'live';
