import { comparedFields, type MatchingModel } from '@headwater/matching';
import type { LearntWeight } from '@headwater/contracts';

/** Less is told of no one. */
const LEAST = 0.005;

/** The weights that are different in the second model, those that moved most first. */
export function learntWeights(before: MatchingModel, after: MatchingModel): LearntWeight[] {
  const known = new Map(comparedFields(before).map(({ name, levels }) => [name, levels]));
  return comparedFields(after)
    .flatMap(({ name: field, levels }) => levels.map(({ name: level, m }, i) => ({ field, level, from: known.get(field)?.[i]?.m ?? m, to: m })))
    .filter(({ from, to }) => Math.abs(to - from) >= LEAST)
    .sort((a, b) => Math.abs(b.to - b.from) - Math.abs(a.to - a.from));
}
