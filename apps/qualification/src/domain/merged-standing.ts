import type { Status } from '@headwater/contracts';
import { conclude, type Decision } from './decision';
import { type By, type LeadStatus, standingOf, type Standing } from './lead-status';
import { later } from './lifecycle-stage';
import { move } from './move';

const OPEN: readonly Status[] = ['new', 'contacted', 'nurturing', 'qualified'];

/** The furthest of open statuses; disqualified only when all are. */
const furtherOf = (a: Standing, b: Standing): Standing => (OPEN.indexOf(a.status) < OPEN.indexOf(b.status) ? b : a);

const earliest = (a: string | null, b: string | null): string | null =>
  (a === null || (b !== null && Date.parse(b) < Date.parse(a)) ? b : a);

const latest = (a: string | null, b: string | null): string | null =>
  (a === null || (b !== null && Date.parse(b) > Date.parse(a)) ? b : a);

/**
 * Where a lead stands with those that were merged into it.
 * @param members whose standing counts: not those whose primary somebody has moved since
 */
export function standingWith(own: Standing, members: readonly Standing[]): Standing {
  const all = [own, ...members];
  const { status, disqualification_reason } = all.reduce(furtherOf);
  return {
    status, disqualification_reason,
    lifecycle_stage: all.map(({ lifecycle_stage }) => lifecycle_stage).reduce(later),
    first_contacted_at: all.map(({ first_contacted_at }) => first_contacted_at).reduce(earliest),
    qualified_at: all.map(({ qualified_at }) => qualified_at).reduce(latest),
  };
}

/**
 * What follows for a lead from who is merged into it now. The same again, in whatever order it was heard of, changes nothing.
 * @param members whose standing counts; none of them when `isAlone`, which gives the lead its own standing back
 * @returns null when it stands where it stood
 */
export function followMembers(
  lead: LeadStatus, { members, isAlone }: { members: readonly LeadStatus[]; isAlone: boolean }, cause: 'merge' | 'unmerge', by: By,
): Decision | null {
  if (lead.converted) return null;
  const own = lead.own ?? standingOf(lead);
  const next = standingWith(own, members.map((member) => member.own ?? standingOf(member)));
  const kept = isAlone ? null : own;
  const present = standingOf(lead);
  if (isSame(present, next)) return (kept === null) === (lead.own === null) ? null : silent({ ...lead, own: kept }, by);
  const { lead: moved, transitions } = next.status === lead.status
    ? { lead, transitions: [] } : move(lead, [{ to: next.status, cause, reason: next.disqualification_reason }], by);
  const { cycle, cycle_since } = lead;
  const decision = conclude(lead, { lead: { ...moved, ...next, cycle, cycle_since }, transitions }, [], by, true);
  return { ...decision, lead: { ...decision.lead, own: kept }, outranks: false };
}

const silent = (lead: LeadStatus, by: By): Decision =>
  ({ lead, changed: true, transitions: [], notes: [], announce: false, by, outranks: false });

const isSame = (one: Standing, other: Standing): boolean => (Object.keys(one) as (keyof Standing)[]).every((key) => one[key] === other[key]);
