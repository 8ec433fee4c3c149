/** A key that more records than this share says nothing of who somebody is. */
export const MOST_PER_KEY = 100;

/** The pairs of records, by their indexes, that have a key in common: each pair once, the lower index first. */
export function* candidatePairs(keysOf: readonly (readonly string[])[], mostPerKey = MOST_PER_KEY): Generator<[number, number]> {
  const holders = new Map<string, number[]>();
  keysOf.forEach((keys, index) => {
    for (const key of new Set(keys)) {
      const list = holders.get(key);
      if (list) list.push(index);
      else holders.set(key, [index]);
    }
  });
  for (const [index, keys] of keysOf.entries()) {
    const others = new Set<number>();
    for (const key of keys) {
      const list = holders.get(key)!;
      if (list.length > mostPerKey) continue;
      for (const other of list) if (other > index) others.add(other);
    }
    for (const other of others) yield [index, other];
  }
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
