import { countsAsContact, DomainError, type Transition } from '@headwater/contracts';
import { conclude, noteDrafts, type Decision } from '../decision';
import type { By, LeadStatus } from '../lead-status';
import { move } from '../move';
import { becauseOf, failuresIn, FAILURES_TO_SUGGEST, GIVES_UP, type Attempt, type ContactTally } from './tally';

/** Nobody has called a lead more often; what is more is a mistake of a program. */
const MOST_ATTEMPTS = 1_000;
const SYSTEM = 'system';

export interface Logged {
  decision: Decision;
  /** disqualifying is suggested from now on, and wasn't before */
  suggested: boolean;
}

interface Moving { lead: LeadStatus; transitions: Transition[] }

/**
 * What follows from an attempt to reach a lead. The first that is a contact takes a new lead to contacted, at the attempt's own time; failures in a row
 * make a suggestion of it, or the end where the tenant wants it so. A qualified lead is never put aside by itself.
 * @param earlier attempts since the tally's `since`, in any order
 * @param giveUpAfter failures, from 1; null: only suggested
 * @throws DomainError 409 `too_many_attempts`; 422 `in_the_future` at `at`
 */
export function logAttempt(
  lead: LeadStatus, attempt: Attempt & { note?: string | null }, earlier: readonly Attempt[], giveUpAfter: number | null, by: By,
): Logged {
  if (Date.parse(attempt.at) > Date.parse(by.at)) throw DomainError.invalidField('at', 'in_the_future', 'at must not be in the future');
  if ((lead.attempts?.total ?? 0) >= MOST_ATTEMPTS) throw DomainError.conflict('too_many_attempts', `A lead has at most ${MOST_ATTEMPTS} contact attempts`);
  const notes = noteDrafts('contact_attempt', attempt.note);
  const contacted = contactBy(lead, attempt, by.actor, notes[0]?.text);
  const tally = countIn(contacted.lead, attempt, earlier);
  const counted = { ...contacted.lead, attempts: tally };
  const { moved, suggested } = afterFailures({ ...contacted, lead: counted }, giveUpAfter, by);
  const earlierContact = moved.lead.first_contacted_at !== lead.first_contacted_at;
  const decision = conclude(lead, moved, notes, by, earlierContact);
  const own = decision.outranks || !decision.lead.own ? decision.lead.own : { ...decision.lead.own, first_contacted_at: decision.lead.first_contacted_at };
  return { decision: { ...decision, changed: true, lead: { ...decision.lead, own, revision: lead.revision + 1 } }, suggested };
}

function contactBy(lead: LeadStatus, attempt: Attempt, actor: string, notes?: string): Moving {
  const isInCycle = lead.cycle === 1 || Date.parse(attempt.at) >= Date.parse(lead.cycle_since);
  if (!countsAsContact(attempt) || !isInCycle) return { lead, transitions: [] };
  if (lead.status === 'new') return move(lead, [{ to: 'contacted', cause: 'contact_attempt', notes }], { actor, at: attempt.at });
  return { lead: { ...lead, first_contacted_at: firstContact(lead, attempt.at) }, transitions: [] };
}

/** A contact that is logged after others may have been the first. Of a later cycle only what came next is known: its first is in the transitions. */
function firstContact({ first_contacted_at: known, cycle, cycle_since }: LeadStatus, at: string): string {
  const own = Date.parse(at) > Date.parse(cycle_since) ? at : cycle_since;
  if (known === null) return own;
  return cycle === 1 && Date.parse(own) < Date.parse(known) ? own : known;
}

function countIn({ attempts, cycle_since }: LeadStatus, attempt: Attempt, earlier: readonly Attempt[]): ContactTally {
  const since = attempts?.since ?? cycle_since;
  const failed = failuresIn([...earlier, attempt], since);
  const isLatest = !attempts || Date.parse(attempts.last_at) < Date.parse(attempt.at);
  return {
    total: (attempts?.total ?? 0) + 1, failed, since, last_at: isLatest ? attempt.at : attempts.last_at,
    suggested_at: failed < FAILURES_TO_SUGGEST ? null : attempts?.suggested_at ?? null,
  };
}

function afterFailures({ lead, transitions }: Moving, giveUpAfter: number | null, by: By): { moved: Moving; suggested: boolean } {
  const tally = lead.attempts as ContactTally;
  if (giveUpAfter !== null && tally.failed >= giveUpAfter && (lead.status === 'new' || lead.status === 'contacted')) {
    const step = { to: 'disqualified' as const, cause: 'failed_attempts', reason: 'unreachable' as const, notes: becauseOf(tally) };
    const ended = move(lead, [step], { actor: SYSTEM, at: by.at });
    return { moved: { lead: ended.lead, transitions: [...transitions, ...ended.transitions] }, suggested: false };
  }
  const suggested = tally.failed >= FAILURES_TO_SUGGEST && tally.suggested_at === null && GIVES_UP.includes(lead.status);
  return { moved: { lead: suggested ? { ...lead, attempts: { ...tally, suggested_at: by.at } } : lead, transitions }, suggested };
}
