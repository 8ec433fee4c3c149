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
