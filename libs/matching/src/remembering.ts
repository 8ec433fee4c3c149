/** Records come by in pairs, and their values again and again: what was made of the last so many is kept. */
const MOST = 50_000;

/** @returns the same as `compute`, which depends on its text alone, but remembers. @param most so many texts: few where each is asked for again soon, or never */
export function remembering<Result>(compute: (text: string) => Result, most = MOST): (text: string) => Result {
  const known = new Map<string, Result>();
  return (text) => {
    const result = known.get(text);
    if (result !== undefined) return result;
    if (known.size >= most) known.clear();
    const fresh = compute(text);
    known.set(text, fresh);
    return fresh;
  };
}

/** The same for two texts, where it doesn't matter which comes first. */
export function rememberingPairs<Result>(compute: (a: string, b: string) => Result): (a: string, b: string) => Result {
  const known = new Map<string, Map<string, Result>>();
  let size = 0;
  return (a, b) => {
    const [first, second] = a < b ? [a, b] : [b, a];
    const result = known.get(first)?.get(second);
    if (result !== undefined) return result;
    if (size >= MOST) {
      known.clear();
      size = 0;
    }
    const fresh = compute(first, second);
    size += 1;
    known.set(first, (known.get(first) ?? new Map<string, Result>()).set(second, fresh));
    return fresh;
  };
}
