import type { AwarenessStage, NurtureEnrolment, NurtureExitKind } from '@headwater/contracts';
import type { By } from '../lead-status';
import type { CompiledRules } from './compile-rules';

/** One time that a lead is nurtured, as its row has it. Instants are RFC 3339 UTC. */
export interface Enrolment {
  tenant_id: string;
  lead_id: number;
  /** of the lead, from 1 */
  number: number;
  stage: AwarenessStage;
  enrolled_at: string;
  enrolled_by: string;
  because: string;
  /** YYYY-MM-DD, as a person said it */
  recycle_date: string | null;
  /** the days that are still to come; those of rules as they were when it began */
  dates: NurtureDate[];
  /** exits over the score that held already: they count when they hold again */
  held: string[];
  /** when it is looked at again; null while it is part of another lead, and when no day is to come */
  next_at: string | null;
  exited_at: string | null;
  exited_by: string | null;
  exit: NurtureExitKind | null;
  trigger: string | null;
  exit_because: string | null;
}

/** @property name of the exit; null: the day on which it comes back by itself */
export interface NurtureDate { name: string | null; at: string }

/** What somebody, or a rule, says of an enrolment. */
export interface Terms {
  stage?: AwarenessStage | null;
  recycle_date?: string | null;
  /** when the recycle date begins where the tenant is */
  recycle_at?: string | null;
  because?: string;
}

/** Why a lead is nurtured no longer. */
export interface Exit { kind: NurtureExitKind; trigger: string | null; because: string }

const DAY_MS = 86_400_000;
const LONGEST_REASON = 500;

/** @param at RFC 3339 */
export const daysAfter = (at: string, days: number): string => new Date(Date.parse(at) + days * DAY_MS).toISOString();
/** A reason as it is kept. */
export const shortened = (text: string): string => (text.length <= LONGEST_REASON
  ? text : `${text.slice(0, LONGEST_REASON - 1).replace(/[\ud800-\udbff]$/, '')}…`);

/**
 * @param number of the enrolment, one more than that of the lead's last
 * @param held names of the exits over the score that hold now
 */
export function startEnrolment(
  lead: { tenant_id: string; lead_id: number }, number: number, terms: Terms, { rules, held }: { rules: CompiledRules; held: string[] }, by: By,
): Enrolment {
  const recycle = terms.recycle_at ?? (rules.recycle_after_days ? daysAfter(by.at, rules.recycle_after_days) : null);
  const dates = [
    ...(recycle ? [{ name: null, at: recycle }] : []),
    ...rules.exits.byDate.map(({ name, after_days }) => ({ name, at: daysAfter(by.at, after_days!) })),
  ];
  return {
    tenant_id: lead.tenant_id, lead_id: lead.lead_id, number, stage: terms.stage ?? rules.stage,
    enrolled_at: by.at, enrolled_by: by.actor, because: shortened(terms.because ?? 'a person'), recycle_date: terms.recycle_date ?? null,
    dates, held, next_at: earliest(dates), exited_at: null, exited_by: null, exit: null, trigger: null, exit_because: null,
  };
}

/** What a person says of a lead that is nurtured; what isn't said stays. @returns the enrolment itself when nothing changes */
export function changeTerms(enrolment: Enrolment, { stage, recycle_date, recycle_at }: Terms): Enrolment {
  const sameDate = recycle_date === undefined || recycle_date === enrolment.recycle_date;
  if ((stage == null || stage === enrolment.stage) && sameDate) return enrolment;
  const others = enrolment.dates.filter(({ name }) => name !== null);
  const dates = sameDate ? enrolment.dates : [...(recycle_at ? [{ name: null, at: recycle_at }] : []), ...others];
  return {
    ...enrolment, stage: stage ?? enrolment.stage, dates, next_at: earliest(dates), recycle_date: sameDate ? enrolment.recycle_date : recycle_date ?? null,
  };
}

/** Days that came without effect. */
export function withoutDates(enrolment: Enrolment, passed: readonly NurtureDate[]): Enrolment {
  const dates = enrolment.dates.filter((date) => !passed.includes(date));
  return { ...enrolment, dates, next_at: earliest(dates) };
}

export const endEnrolment = (enrolment: Enrolment, { kind, trigger, because }: Exit, by: By): Enrolment => ({
  ...enrolment, next_at: null, exited_at: by.at, exited_by: by.actor, exit: kind, trigger, exit_because: shortened(because),
});

/** A lead that is part of another one waits for nothing; a lead of its own again waits for what is still to come. */
export const asPartOfAnother = (enrolment: Enrolment, isPart: boolean): Enrolment =>
  ({ ...enrolment, next_at: isPart ? null : earliest(enrolment.dates) });

function earliest(dates: readonly NurtureDate[]): string | null {
  return dates.reduce<string | null>((first, { at }) => (first === null || Date.parse(at) < Date.parse(first) ? at : first), null);
}

export const enrolmentView = ({ tenant_id: _tenant, lead_id: _lead, dates: _dates, held: _held, ...shown }: Enrolment): NurtureEnrolment => shown;
