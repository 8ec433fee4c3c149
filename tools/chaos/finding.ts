/** `other`: nothing of the five, and yet not as promised. */
export const VERDICTS = ['lost', 'doubled', 'unscored', 'unrouted', 'unsettled', 'other'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** One kind of thing that must not be, and how often it is. */
export interface Finding {
  verdict: Verdict;
  what: string;
  count: number;
  /** some of those that it was found at, for whoever looks into it */
  examples: string[];
}

const MOST_EXAMPLES = 10;

/** No finding when nothing was found. */
export function findingOf(verdict: Verdict, what: string, found: readonly string[]): Finding[] {
  return found.length === 0 ? [] : [{ verdict, what, count: found.length, examples: found.slice(0, MOST_EXAMPLES) }];
}

/** How much was found of each verdict. */
export const countsOf = (findings: readonly Finding[]): Record<Verdict, number> =>
  Object.fromEntries(VERDICTS.map((verdict) =>
    [verdict, findings.filter((one) => one.verdict === verdict).reduce((sum, { count }) => sum + count, 0)])) as Record<Verdict, number>;
