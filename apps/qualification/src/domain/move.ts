import type { ConvertedInto, DisqualificationReason, Status, Transition } from '@headwater/contracts';
import { restart } from './contact/tally';
import type { By, LeadStatus } from './lead-status';
import { later, recycle, stageAtConversion } from './lifecycle-stage';

export interface Step {
  to: Status;
  /** qualify, implied_contact, patch, raised_hand, convert … */
  cause: string;
  reason?: DisqualificationReason | null;
  notes?: string | null;
}

/**
 * Takes a lead through statuses, each with its transition. What is allowed was decided before.
 * @param by `at` earlier than the present status's beginning counts as that: of two transactions the one that got the
 * row second may have begun first
 */
export function move(lead: LeadStatus, steps: readonly Step[], by: By): { lead: LeadStatus; transitions: Transition[] } {
  const transitions: Transition[] = [];
  let moved = lead;
  for (const step of steps) {
    const since = Date.parse(moved.in_status_since);
    const at = Date.parse(by.at) > since ? by.at : moved.in_status_since;
    transitions.push({
      from: moved.status, to: step.to, cause: step.cause, actor: by.actor, reason: step.reason ?? null,
      notes: step.notes ?? null, at, ms_in_previous: Date.parse(at) - since,
    });
    moved = enter(moved, step, at);
  }
  return { lead: moved, transitions };
}

function enter(lead: LeadStatus, { to, reason = null }: Step, at: string): LeadStatus {
  const entered: LeadStatus = {
    ...lead, status: to, in_status_since: at, disqualification_reason: to === 'disqualified' ? reason : null,
    attempts: to === 'contacted' ? lead.attempts : restart(lead.attempts, at),
  };
  switch (to) {
    case 'new': case 'nurturing': return { ...entered, ...recycle(lead, to, at) };
    case 'contacted': return { ...entered, first_contacted_at: lead.first_contacted_at ?? at };
    case 'qualified': return { ...entered, qualified_at: at, lifecycle_stage: later(lead.lifecycle_stage, 'sql') };
    default: return entered;
  }
}

/** The end: converted and locked, whatever was reserved is settled by it. */
export function convert(lead: LeadStatus, into: ConvertedInto, actor: string): { lead: LeadStatus; transitions: Transition[] } {
  const { lead: moved, transitions } = move(lead, [{ to: 'converted', cause: 'convert' }], { actor, at: into.converted_at });
  return {
    lead: {
      ...moved, revision: lead.revision + 1, converted: into, lifecycle_stage: stageAtConversion(into, lead.won_at !== null),
      reservation_token: null, reservation_holder: null, lease_until: null,
    },
    transitions,
  };
}

/** A deal that came of it was won: from now on it is a customer, or will be by its conversion. */
export function win(lead: LeadStatus, at: string): LeadStatus {
  if (lead.won_at !== null) return lead;
  if (!lead.converted || lead.lifecycle_stage === 'customer') return { ...lead, won_at: at };
  return { ...lead, won_at: at, lifecycle_stage: 'customer', revision: lead.revision + 1 };
}
