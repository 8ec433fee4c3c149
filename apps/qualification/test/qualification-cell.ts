import {
  ChangeStatus, DomainError, GetLeads, GetScores, GetStatuses, LeadCaptured, ListAssessments, ListTransitions, LogContactAttempt, MoveLead, NurtureLead, OverrideScore, QualifyLead,
  RecomputeScore, ReengageLead, ReserveLead, SettleLead, UpdateLead,
  type ConvertedInto, type LeadProfile, type LeadScoreView, type LeadTouchedData, type QualificationState, type QualifyBody, type QuestionOf, type ScoringState,
  type StatusChangedData, type StatusPatch,
} from '@headwater/contracts';
import { intakeState, startCell, type Cell } from '@headwater/testing';
import type { CommandName } from '../src/domain/follow-command';
import { qualification } from '../src/qualification.module';

export let cell: Cell;
let lastId = 0;
/** The leads that intake says it has. */
const atIntake = new Map<number, ReturnType<typeof intakeState>>();
export const intakeWas: { asked: number[][]; updates: QuestionOf<typeof UpdateLead>[]; refuses: (question: QuestionOf<typeof UpdateLead>) => DomainError | null } =
  { asked: [], updates: [], refuses: () => null };
export const scoringWas: { overrides: QuestionOf<typeof OverrideScore>[]; recomputed: number[] } = { overrides: [], recomputed: [] };

export const view = (behavioral_score: number, demographic_score: number): LeadScoreView => ({
  total_score: behavioral_score + demographic_score, behavioral_score, demographic_score, grade: 'A', temperature: 'hot',
});
export const scored = (lead_id: number, revision: number, effective: LeadScoreView, given: Partial<ScoringState> = {}): ScoringState => ({
  lead_id, revision, effective, computed: effective, is_hot: false, hot_reasons: [], mql: effective.total_score >= 50,
  model_version: 1, scored_at: new Date().toISOString(), ...given,
});

/** A lead whose creation was answered, and of which no event has come yet. */
export function newLead(profile: LeadProfile = {}): number {
  lastId += 1;
  const lead = intakeState({ lead_id: lastId });
  atIntake.set(lastId, { ...lead, profile: { ...lead.profile, ...profile } });
  return lastId;
}

export const patch = (lead_id: number, body: StatusPatch, more: Partial<QuestionOf<typeof ChangeStatus>> = {}) =>
  cell.ask(ChangeStatus, { context: cell.context(), command_id: crypto.randomUUID(), lead_id, patch: body, ...more });
export const qualify = (lead_id: number, body: Partial<QualifyBody> = {}, more: Partial<QuestionOf<typeof QualifyLead>> = {}) =>
  cell.ask(QualifyLead, { context: cell.context(), lead_id, body: { qualified: true, ...body }, ...more });
export const command = (
  lead_id: number, name: CommandName, body: QuestionOf<typeof MoveLead>['body'] = {}, more: Partial<QuestionOf<typeof MoveLead>> = {},
): Promise<{ qualification: QualificationState }> => {
  const asked = { context: cell.context(), lead_id, body, ...more };
  if (name === 'nurture') return cell.ask(NurtureLead, asked);
  return name === 'reengage' ? cell.ask(ReengageLead, asked) : cell.ask(MoveLead, { command: name, ...asked });
};
export const attempt = (
  lead_id: number, given: Partial<QuestionOf<typeof LogContactAttempt>['attempt']> = {}, more: Partial<QuestionOf<typeof LogContactAttempt>> = {},
) => cell.ask(LogContactAttempt, { context: cell.context(), lead_id, attempt: { channel: 'call', outcome: 'no_answer', ...given }, ...more });
export const reserve = (lead_id: number, token: string, lease_seconds = 30) =>
  cell.ask(ReserveLead, { context: cell.context(), lead_id, token, holder: 'conversion', lease_seconds });
export const into = (lead_id: number): ConvertedInto =>
  ({ converted_at: new Date().toISOString(), account_id: 1, contact_id: 2, customer_id: lead_id, opportunity_id: 4 });
export const done = (lead_id: number) => ({ kind: 'done' as const, converted: into(lead_id), actor: 'Rep' });
export const settle = (lead_id: number, token: string, outcome: QuestionOf<typeof SettleLead>['outcome']) =>
  cell.ask(SettleLead, { tenant: 'demo', lead_id, token, outcome });
export const history = async (lead_id: number) =>
  (await cell.ask(ListTransitions, { context: cell.context(), lead_id })).transitions;
/** The transitions of a lead as `from to cause`. */
export const arrows = async (lead_id: number) => (await history(lead_id)).map(({ from, to, cause }) => `${from} ${to} ${cause}`);
/** What seed 002 writes of a lead. */
export const SEED = 'BANT qualified: Budget $75K approved Q1, Authority confirmed (CTO decision maker), Need is integration platform for scaling operations, '
  + 'Timeline is 90 days for implementation.';
export const assessments = async (lead_id: number, context = cell.context()) => (await cell.ask(ListAssessments, { context, lead_id })).assessments;
export const stateOf = async (lead_id: number) => (await cell.ask(GetStatuses, { tenant: 'demo', ids: [lead_id] })).statuses[0];
export const events = <Data = StatusChangedData>(type: string, leadId: number) =>
  cell.events<Data>(type).filter(({ leadid }) => leadid === leadId);
/** The refusal that is expected. */
export const refused = async (asked: Promise<unknown>) => {
  const error = await asked.then(() => null, (failure: unknown) => failure);
  if (!(error instanceof DomainError)) throw new Error(`not refused: ${String(error)}`);
  return error.body;
};
export const now = () => new Date().toISOString();
export const touch = (lead_id: number, at = now(), raised_hand = true): LeadTouchedData =>
  ({ lead_id, submission_id: crypto.randomUUID(), at, entry: 'form', channel: 'direct', raised_hand });
export const captured = (lead_id: number) => LeadCaptured.ofLead('demo', { lead_id, revision: 1 }, {
  lead: intakeState({ lead_id }), touch: touch(lead_id), enrichment_pending: false,
});
/** Scoring is there until the returned function is called. */
export const scoringAnswers = async () => {
  const ends = await Promise.all([
    cell.answer(OverrideScore, (question) => {
      scoringWas.overrides.push(question);
      const { behavioral_score, demographic_score } = question.override;
      return { score: scored(question.lead_id, 2, view(behavioral_score ?? 11, demographic_score ?? 12)) };
    }),
    cell.answer(RecomputeScore, ({ lead_id }) => {
      scoringWas.recomputed.push(lead_id);
      return { score: scored(lead_id, 2, view(1, 2)) };
    }),
    cell.answer(GetScores, ({ ids }) => ({ scores: ids.map((id) => scored(id, 1, view(20, 30))) })),
  ]);
  return () => Promise.all(ends.map((end) => end()));
};

/** A cell with qualification alone; intake is stood in for, scoring only while `scoringAnswers`. */
export function useQualification(): void {
  beforeAll(async () => {
    cell = await startCell({ services: [qualification] });
    await cell.answer(GetLeads, ({ tenant, ids }) => {
      intakeWas.asked.push(ids);
      return { leads: ids.flatMap((id) => (tenant === 'demo' && atIntake.get(id)) || []) };
    });
    await cell.answer(UpdateLead, (question) => {
      intakeWas.updates.push(question);
      const refusal = intakeWas.refuses(question);
      if (refusal) throw refusal;
      return { lead: intakeState({ lead_id: question.lead_id }) };
    });
  });
  afterAll(() => cell?.stop());
  afterEach(async () => {
    expect(await cell.rows('qualification', 'select subscription, error from dead_letter')).toEqual([]);
  });
  beforeEach(() => {
    intakeWas.asked = [];
    intakeWas.updates = [];
    intakeWas.refuses = () => null;
    scoringWas.overrides = [];
    scoringWas.recomputed = [];
  });
}
