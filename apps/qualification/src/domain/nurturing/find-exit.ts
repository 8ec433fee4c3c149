import type { NurtureExit, NurtureRules } from '@headwater/contracts';
import { evaluate, explain, type Condition, type Facts } from '@headwater/rules';
import type { LeadStatus } from '../lead-status';
import { asksForSignal } from './check-nurture-rules';
import type { Enrolment, Exit, NurtureDate } from './enrolment';

/** Something that a lead did. */
export interface Seen { type: string; at: string; properties?: Record<string, unknown> | null }

type Scored = Pick<LeadStatus, 'score' | 'lifecycle_stage'>;

const LONGEST_ABOUT = 2_000;

/** What rules see of a lead's score. */
export const scoreFacts = ({ score, lifecycle_stage }: Scored): Facts => ({
  lifecycle_stage,
  score: score && {
    total: score.total_score, behavioral: score.behavioral_score, demographic: score.demographic_score, grade: score.grade, temperature: score.temperature,
  },
});

const isOverScore = ({ when, after_days }: NurtureExit): boolean => when != null && after_days == null && !asksForSignal(when);

const holds = ({ when }: NurtureExit, facts: Facts): boolean => evaluate(when as Condition, facts).holds;

/** Names of the exits over the score that hold. */
export const heldBy = ({ exits }: NurtureRules, stage: string, lead: Scored): string[] => {
  const facts = { ...scoreFacts(lead), stage };
  return exits.filter((exit) => isOverScore(exit) && holds(exit, facts)).map(({ name }) => name);
};

/** The first exit that a signal is one for; what happened before the lead was enrolled was known to whoever enrolled it. */
export function exitBySignal({ exits }: NurtureRules, enrolment: Enrolment, lead: Scored, { type, at, properties }: Seen): Exit | null {
  if (Date.parse(at) <= Date.parse(enrolment.enrolled_at)) return null;
  const about = Object.values(properties ?? {}).filter((value) => value !== null && value !== undefined).join(' ').slice(0, LONGEST_ABOUT);
  const facts = { ...scoreFacts(lead), stage: enrolment.stage, signal: { type, about } };
  const exit = exits.find((one) => one.when != null && asksForSignal(one.when) && holds(one, facts));
  return exit ? exitOf('signal', exit, facts) : null;
}

/**
 * The first exit over the score that holds by now and didn't before: a lead that was put aside with a high score isn't back because of that.
 * @returns besides it, the names of all that hold
 */
export function exitByScore({ exits }: NurtureRules, enrolment: Enrolment, lead: Scored): { exit: Exit | null; held: string[] } {
  const facts = { ...scoreFacts(lead), stage: enrolment.stage };
  const held = exits.filter((one) => isOverScore(one) && holds(one, facts));
  const risen = held.find(({ name }) => !enrolment.held.includes(name));
  return { exit: risen ? exitOf('score', risen, facts) : null, held: held.map(({ name }) => name) };
}

/**
 * What follows from the days that have come.
 * @param now RFC 3339
 * @returns the exit, or null; and the days that have come
 */
export function exitByDate({ exits }: NurtureRules, enrolment: Enrolment, lead: Scored, now: string): { exit: Exit | null; due: NurtureDate[] } {
  const due = enrolment.dates.filter(({ at }) => Date.parse(at) <= Date.parse(now));
  if (due.some(({ name }) => name === null)) return { exit: recycled(enrolment), due };
  const facts = { ...scoreFacts(lead), stage: enrolment.stage };
  const found = due.flatMap(({ name }) => exits.filter((one) => one.name === name && one.after_days != null && (one.when == null || holds(one, facts))));
  return { exit: found.length > 0 ? dated(found[0], facts) : null, due };
}

const recycled = ({ recycle_date, enrolled_at }: Enrolment): Exit => ({
  kind: 'recycle_date', trigger: null, because: recycle_date ? `its recycle date ${recycle_date} has come` : `nurtured since ${enrolled_at.slice(0, 'yyyy-mm-dd'.length)}, for as long as the rules say`,
});

function dated(exit: NurtureExit, facts: Facts): Exit {
  const days = `${exit.after_days} days after it was enrolled`;
  return { kind: 'date', trigger: exit.name, because: exit.when == null ? `${exit.name}: ${days}` : `${exit.name}: ${days}, ${whyOf(exit, facts)}` };
}

const whyOf = ({ when }: NurtureExit, facts: Facts): string => explain(evaluate(when as Condition, facts).trace);

const exitOf = (kind: Exit['kind'], exit: NurtureExit, facts: Facts): Exit =>
  ({ kind, trigger: exit.name, because: `${exit.name}: ${whyOf(exit, facts)}` });
