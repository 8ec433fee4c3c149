import { KINDS } from '../src';

/** The name of the level at which two values agree as they were written; null when one has nothing comparable in it. */
export function levelOf(kindName: string, a: string, b: string): string | null {
  const { normalise, compare, levels } = KINDS[kindName]!;
  const [x, y] = [normalise(a), normalise(b)];
  return x === null || y === null ? null : levels[compare(x, y)]!.name;
}
