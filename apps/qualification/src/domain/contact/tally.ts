import { CONTACT_RESULTS, type ContactAttempt, type ContactSummary, type Status } from '@headwater/contracts';

/** What a rule needs to know of an attempt. */
export type Attempt = Pick<ContactAttempt, 'channel' | 'direction' | 'outcome' | 'at'>;

/** How often a lead was tried to be reached, as its row keeps it. Instants are RFC 3339 UTC. */
export interface ContactTally {
  total: number;
  /** outbound ones that failed since `since`, and since somebody was reached after that */
  failed: number;
  last_at: string;
  /** what happened before counts no more: the lead was reopened, nurtured, qualified or put aside then */
  since: string;
  /** when disqualifying was suggested; null while it isn't */
  suggested_at: string | null;
}

/** So many failures in a row make it a question whether to go on. */
export const FAILURES_TO_SUGGEST = 3;

/** Where it makes sense to give a lead up for want of an answer. */
export const GIVES_UP: readonly Status[] = ['new', 'contacted', 'qualified'];

export const resultOf = ({ outcome }: Pick<Attempt, 'outcome'>): 'success' | 'open' | 'failure' => CONTACT_RESULTS[outcome];

/** How many outbound attempts have failed since the last success, by their own times, in whatever order they were logged. @param since those before don't count */
export function failuresIn(attempts: readonly Attempt[], since: string): number {
  const counted = attempts.filter(({ at }) => Date.parse(at) >= Date.parse(since));
  const reached = counted.filter((attempt) => resultOf(attempt) === 'success').map(({ at }) => Date.parse(at));
  const last = reached.length > 0 ? Math.max(...reached) : -Infinity;
  return counted.filter((attempt) => attempt.direction === 'outbound' && resultOf(attempt) === 'failure' && Date.parse(attempt.at) > last).length;
}

/** The count begins anew: what failed before says nothing about what comes. */
export const restart = (tally: ContactTally | null, at: string): ContactTally | null =>
  tally && { ...tally, failed: 0, since: at, suggested_at: null };

export const becauseOf = ({ failed }: Pick<ContactTally, 'failed'>): string => `${failed} contact attempts have failed since anybody was reached`;

/** What others may know of it. */
export function contactSummary(tally: ContactTally, status: Status): ContactSummary {
  const { total, failed, last_at, suggested_at } = tally;
  const suggested = suggested_at !== null && GIVES_UP.includes(status);
  return { total, failed, last_at, ...(suggested ? { suggestion: { disqualification_reason: 'unreachable', because: becauseOf(tally), at: suggested_at } } : {}) };
}
