import {
  GetNurturing, LeadScored, MoveLead, NurtureLead, ReengageLead, type LeadScoreView, type MoveBody, type NurtureBody, type NurtureData,
  type QuestionOf,
} from '@headwater/contracts';
import { eventually, intakeState } from '@headwater/testing';
import { cell, events, scored, stateOf, view } from './qualification-cell';

export const nurture = (lead_id: number, body: NurtureBody = {}, more: Partial<QuestionOf<typeof NurtureLead>> = {}) =>
  cell.ask(NurtureLead, { context: cell.context(), lead_id, body, ...more });
export const reengage = (lead_id: number) => cell.ask(ReengageLead, { context: cell.context(), lead_id, body: { notes: 'Called' } });
export const disqualify = (lead_id: number, body: MoveBody) => cell.ask(MoveLead, { context: cell.context(), lead_id, command: 'disqualify', body });
export const enrolments = async (lead_id: number) => (await cell.ask(GetNurturing, { context: cell.context(), lead_id })).enrolments;
export const told = (type: string, lead: number) => events<NurtureData>(`nurture.${type}`, lead).map(({ data }) => data.enrolment);
export const scoreOf = (lead_id: number, revision: number, effective: LeadScoreView, hours = 0) => {
  const score = scored(lead_id, revision, effective, { scored_at: new Date(Date.now() + hours * 3_600_000).toISOString() });
  return LeadScored.ofLead('demo', score, { score, contributions: [], lead: intakeState({ lead_id }) });
};
export const cold = (total: number): LeadScoreView => ({ ...view(total, 0), grade: 'D', temperature: 'cold' });
export const back = (leads: number[]) => eventually('they are back', async () =>
  (await Promise.all(leads.map(stateOf))).every(({ status }) => status === 'contacted'));
