import type { QualifyBody } from '@headwater/contracts';
import { conclude, noteDrafts, type Decision } from './decision';
import type { By, LeadStatus } from './lead-status';
import { move, type Step } from './move';
import { assertUnlocked, invalidTransition, reasonRequired, reasonWithout } from './refusals';
import { STATUS_MACHINE } from './status-machine';

export interface QualifyPolicies {
  /** whether a qualification may stand for the contact that it takes */
  allowImpliedContact: boolean;
}

type Judgement = Pick<QualifyBody, 'qualified' | 'qualification_notes' | 'notes' | 'disqualification_reason'>;

/**
 * What a person's judgement does to a lead. Qualifying a qualified lead, and disqualifying a disqualified one, are further
 * assessments: they move nothing, and are announced all the same.
 * @throws DomainError 409 `invalid_transition`, `lead_locked`; 422 at `disqualification_reason`
 */
export function qualify(lead: LeadStatus, body: Judgement, by: By, policies: QualifyPolicies): Decision {
  assertUnlocked(lead);
  const steps = body.qualified ? stepsToQualified(lead, body, policies) : stepsToDisqualified(lead, body);
  const { lead: moved, transitions } = move(lead, steps, by);
  const reason = body.qualified ? null : body.disqualification_reason ?? null;
  const notes = noteDrafts(body.qualified ? 'qualify' : 'disqualify', body.notes, body.qualification_notes);
  return conclude(lead, { lead: { ...moved, disqualification_reason: reason }, transitions }, notes, by, true);
}

function stepsToQualified(lead: LeadStatus, body: Judgement, policies: QualifyPolicies): Step[] {
  if (body.disqualification_reason) throw reasonWithout('qualified is true');
  const path = STATUS_MACHINE[lead.status].qualify;
  if (path === null) {
    throw invalidTransition(lead, `A lead that is ${lead.status} can't be qualified: reopen first, by a PATCH of its status`);
  }
  if (path.length > 1 && !policies.allowImpliedContact) {
    throw invalidTransition(lead, `A lead that is ${lead.status} can't be qualified here before it is contacted: set the status contacted first`);
  }
  return path.map((to) => (to === 'qualified'
    ? { to, cause: 'qualify', notes: body.qualification_notes }
    : { to, cause: 'implied_contact' }));
}

function stepsToDisqualified(lead: LeadStatus, body: Judgement): Step[] {
  if (!body.disqualification_reason) throw reasonRequired();
  const path = STATUS_MACHINE[lead.status].disqualify;
  if (path === null) throw invalidTransition(lead, `A lead that is ${lead.status} can't be disqualified`);
  return path.map((to) =>
    ({ to, cause: 'disqualify', reason: body.disqualification_reason, notes: body.qualification_notes }));
}
