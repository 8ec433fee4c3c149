/** Those that have no name in common with any one before them, taken or not: the first always, and what waits keeps its turn. */
export function sharesNothing<Item>(items: readonly Item[], namesOf: (item: Item) => readonly string[]): Item[] {
  const taken = new Set<string>();
  return items.filter((item) => {
    const names = namesOf(item);
    const isFree = names.every((name) => !taken.has(name));
    for (const name of names) taken.add(name);
    return isFree;
  });
}
