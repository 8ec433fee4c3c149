import type { Fact } from './lead-record';

/** Some words, and the facts that they were made of. */
export interface Said { because: string; facts: Fact[] }

type Part = Fact | Said;

const isSaid = (part: Part): part is Said => 'because' in part;

/**
 * A sentence: its own words name nothing and count nothing; every figure and every name comes in as a fact, and is cited. So nothing can
 * be said that the record doesn't have. Facts are told as they stand.
 */
export function say(words: TemplateStringsArray, ...parts: Part[]): Said {
  const because = words.reduce((text, word, i) => text + told(parts[i - 1]) + word);
  return { because, facts: parts.flatMap((part) => (isSaid(part) ? part.facts : [part])) };
}

const told = (part: Part): string => (isSaid(part) ? part.because : String(part.value));

/** The same words, resting on more than they tell. */
export const resting = ({ because, facts }: Said, ...more: Fact[]): Said => ({ because, facts: [...facts, ...more] });

/** Sentences one after the other. */
export const together = (said: readonly Said[]): Said =>
  ({ because: said.map(({ because }) => because).join('. '), facts: said.flatMap(({ facts }) => facts) });

/** Each fact once, in the order in which it is cited first. */
export const cited = (facts: readonly Fact[]): Fact[] => [...new Map(facts.map((fact) => [`${fact.field} ${String(fact.value)}`, fact])).values()];
