import type { Element } from '../reading';

/**
 * What one language says. Each entry is a pattern: words, `(?:…)`, `?`; a letter with an accent also matches without it (`ü` as `ue` too), an
 * apostrophe may be absent, and a blank may be several;
 * but one within `(?<…)`, written ` ?`, as going back over many takes its time.
 */
export interface Words {
  /** what a heading is about, by a word that is in it; `ours`: what the seller does next, or what is of somebody else */
  headings: Readonly<Record<Element | 'ours', readonly string[]>>;
  /** what is told as not real */
  hypothetical: readonly string[];
  /** the writer doesn't know */
  uncertain: readonly string[];
  /** what takes the truth from the words behind it */
  negation: readonly string[];
  /** where another statement begins within a sentence */
  conjunctions: readonly string[];
  /** stands before a person who is the seller's, or no longer what is said */
  notTheirs: readonly string[];
  /** a company that isn't the lead's */
  elsewhere: readonly string[];
  /** people who stand in for somebody already named */
  pronouns: readonly string[];
  /** names of money that is to be spent */
  budget: readonly string[];
  /** what bounds an amount that may be spent; of anything else, too, so it counts where nothing else is said of the amount */
  limits: readonly string[];
  /** money that is no budget */
  otherMoney: readonly string[];
  approved: readonly string[];
  planned: readonly string[];
  /** beside an amount: somebody wants it to be granted */
  asked: readonly string[];
  noBudget: readonly string[];
  decides: readonly string[];
  champions: readonly string[];
  influences: readonly string[];
  blocks: readonly string[];
  /** those who decide together: nobody's position */
  bodies: readonly string[];
  need: readonly string[];
  noNeed: readonly string[];
  /** what only the seller needs */
  sellersNeed: readonly string[];
  /** what a lead wants to have by a time */
  wanted: readonly string[];
  /** what a seller does at a time */
  sellersSteps: readonly string[];
  /** in front of a length of time: it is one to wait for */
  within: readonly string[];
  /** in front of a day: it is a last one */
  until: readonly string[];
  asap: readonly string[];
  noRush: readonly string[];
}
