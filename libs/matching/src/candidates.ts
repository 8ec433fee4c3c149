import { KeyNumbers } from './key-numbers';
import { NumberList } from './number-list';

/** A key that more records than this share says nothing of who somebody is. */
export const MOST_PER_KEY = 100;

/** The pairs of records, by their indexes, that have a key in common: each pair once, the lower index first; of a million records, too. */
export function* candidatePairs(keysOf: Iterable<readonly string[]>, mostPerKey = MOST_PER_KEY): Generator<[number, number]> {
  const index = indexOf(keysOf);
  for (let record = 0; record < index.records; record += 1) {
    const others = new Set<number>();
    for (const key of index.keysOf(record)) {
      const holders = index.holdersOf(key);
      if (holders.length > mostPerKey) continue;
      for (const other of holders) if (other > record) others.add(other);
    }
    for (const other of others) yield [record, other];
  }
}

interface KeyIndex {
  records: number;
  keysOf(record: number): Uint32Array;
  holdersOf(key: number): Uint32Array;
}

/** In flat arrays, since there are some twenty keys for each record. */
function indexOf(keysOf: Iterable<readonly string[]>): KeyIndex {
  const numbers = new KeyNumbers();
  const keys = new NumberList();
  const ends = new NumberList();
  for (const own of keysOf) {
    for (const key of new Set(own)) keys.push(numbers.of(key));
    ends.push(keys.length);
  }
  const all = keys.toArray();
  const starts = startsOf(all, numbers.size);
  const holders = new Uint32Array(all.length);
  const filled = starts.slice();
  const startOf = (record: number): number => (record === 0 ? 0 : ends.at(record - 1));
  for (let record = 0; record < ends.length; record += 1) {
    for (const key of all.subarray(startOf(record), ends.at(record))) {
      holders[filled[key]!] = record;
      filled[key]! += 1;
    }
  }
  return {
    records: ends.length,
    keysOf: (record) => all.subarray(startOf(record), ends.at(record)),
    holdersOf: (key) => holders.subarray(starts[key], starts[key + 1]),
  };
}

/** Where the holders of each key begin, when they stand key by key; after the last key, how many there are. */
function startsOf(keys: Uint32Array, size: number): Uint32Array {
  const starts = new Uint32Array(size + 1);
  for (const key of keys) starts[key + 1]! += 1;
  for (let key = 0; key < size; key += 1) starts[key + 1]! += starts[key]!;
  return starts;
}

/** With so many of those who share keys with a record it is compared. */
export const MOST_LIKELY = 30;
/**
 * Who shares only keys that many hold isn't compared. A key that one in 2^b holds is worth b bits; all of those in common together
 * must be worth what it takes to name one record among all, but for so many bits, and but for this share of it.
 */
const LESS = { bits: 4.5, share: 0.35 };
/** In a small table everybody who shares a key is worth it. */
const SMALL = 1_000;

/**
 * Those who are worth comparing with a record of a large table, the likeliest first: who shares more keys, and rarer ones.
 * @param self the record's own id, which its keys have as well
 * @param holders of each of its keys that at most `MOST_PER_KEY` share: the ids of all who have it
 * @param records how many there are in all, more or less
 */
export function likeliest(self: number, holders: Iterable<readonly number[]>, records: number, most = MOST_LIKELY): number[] {
  const worth = new Map<number, number>();
  const all = Math.log2(Math.max(records, SMALL));
  for (const ids of holders) {
    const bits = all - Math.log2(Math.max(1, ids.length - 1));
    for (const id of ids) if (id !== self) worth.set(id, (worth.get(id) ?? 0) + bits);
  }
  const least = all - Math.min(LESS.bits, LESS.share * all);
  const worthIt = [...worth].filter(([, bits]) => bits >= least);
  if (worthIt.length > most) worthIt.sort(([a, x], [b, y]) => y - x || a - b).length = most;
  return worthIt.map(([id]) => id);
}
