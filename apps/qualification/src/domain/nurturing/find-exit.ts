import type { Facts } from '@headwater/rules';
import { scoreFacts } from '../lead-facts';
import type { LeadStatus } from '../lead-status';
import type { CompiledRules, ExitRule } from './compile-rules';
import type { Enrolment, Exit, NurtureDate } from './enrolment';

/** Something that a lead did. */
export interface Seen { type: string; at: string; properties?: Record<string, unknown> | null }

type Scored = Pick<LeadStatus, 'score' | 'lifecycle_stage'>;

const LONGEST_ABOUT = 2_000;

const factsOf = ({ score, lifecycle_stage }: Scored, stage: string): Facts => ({ ...scoreFacts(score), lifecycle_stage, stage });

const holds = ({ when }: ExitRule, facts: Facts): boolean => when === null || when.holds(facts);

/** Names of the exits over the score that hold. */
export const heldBy = ({ exits }: CompiledRules, stage: string, lead: Scored): string[] =>
  exits.byScore.filter((exit) => holds(exit, factsOf(lead, stage))).map(({ name }) => name);

/** The first exit that a signal is one for; what happened before the lead was enrolled was known to whoever enrolled it. */
export function exitBySignal({ exits }: CompiledRules, enrolment: Enrolment, lead: Scored, { type, at, properties }: Seen): Exit | null {
  if (Date.parse(at) <= Date.parse(enrolment.enrolled_at)) return null;
  const about = Object.values(properties ?? {}).filter((value) => value !== null && value !== undefined).join(' ').slice(0, LONGEST_ABOUT);
  const facts = { ...factsOf(lead, enrolment.stage), signal: { type, about } };
  const exit = exits.bySignal.find((one) => holds(one, facts));
  return exit ? exitOf('signal', exit, facts) : null;
}

/**
 * The first exit over the score that holds by now and didn't before: a lead that was put aside with a high score isn't back because of that.
 * @returns besides it, the names of all that hold
 */
export function exitByScore({ exits }: CompiledRules, enrolment: Enrolment, lead: Scored): { exit: Exit | null; held: string[] } {
  const facts = factsOf(lead, enrolment.stage);
  const held = exits.byScore.filter((one) => holds(one, facts));
  const risen = held.find(({ name }) => !enrolment.held.includes(name));
  return { exit: risen ? exitOf('score', risen, facts) : null, held: held.map(({ name }) => name) };
}

/**
 * What follows from the days that have come.
 * @param now RFC 3339
 * @returns the exit, or null; and the days that have come
 */
export function exitByDate({ exits }: CompiledRules, enrolment: Enrolment, lead: Scored, now: string): { exit: Exit | null; due: NurtureDate[] } {
  const due = enrolment.dates.filter(({ at }) => Date.parse(at) <= Date.parse(now));
  if (due.some(({ name }) => name === null)) return { exit: recycled(enrolment), due };
  const facts = factsOf(lead, enrolment.stage);
  const found = due.flatMap(({ name }) => exits.byDate.filter((one) => one.name === name && holds(one, facts)));
  return { exit: found.length > 0 ? dated(found[0], facts) : null, due };
}

const recycled = ({ recycle_date, enrolled_at }: Enrolment): Exit => ({
  kind: 'recycle_date', trigger: null, because: recycle_date ? `its recycle date ${recycle_date} has come` : `nurtured since ${enrolled_at.slice(0, 'yyyy-mm-dd'.length)}, for as long as the rules say`,
});

function dated({ name, when, after_days }: ExitRule, facts: Facts): Exit {
  const days = `${after_days} days after it was enrolled`;
  return { kind: 'date', trigger: name, because: when === null ? `${name}: ${days}` : `${name}: ${days}, ${when.why(facts)}` };
}

const exitOf = (kind: Exit['kind'], { name, when }: ExitRule, facts: Facts): Exit => ({ kind, trigger: name, because: `${name}: ${when!.why(facts)}` });
