import {
  AssignLead, CaptureLeads, ChangeStatus, DomainError, GetAssignments, GetLeads, GetScores, GetStatuses, ListInlets, ListLeads, RateLead, UpdateLead,
  type AnswerOf, type CaptureItem, type CaptureResult, type IntakeState, type QualificationState, type RoutingState, type ScoringState,
} from '@headwater/contracts';
import { intakeState, type Cell } from '@headwater/testing';

export const score = { total_score: 90, behavioral_score: 48, demographic_score: 42, grade: 'A' as const, temperature: 'hot' as const };

export const scoringState = (lead_id: number, rest: Partial<ScoringState> = {}): ScoringState => ({
  lead_id, revision: 2, effective: score, computed: score, is_hot: true, hot_reasons: ['temperature'], mql: true, model_version: 1,
  scored_at: '2026-11-20T09:00:01.000Z', ...rest,
});
export const routingState = (lead_id: number, rest: Partial<RoutingState> = {}): RoutingState =>
  ({ lead_id, revision: 1, owner: { id: 2, name: 'Ann' }, team: null, priority: 'normal', ...rest });
export const qualificationState = (lead_id: number, rest: Partial<QualificationState> = {}): QualificationState =>
  ({ lead_id, revision: 4, status: 'new', lifecycle_stage: 'lead', cycle: 1, in_status_since: '2026-11-20T09:00:00.000Z', ...rest });

interface Checked { lead_id: number; patch: object; validate_only?: boolean; expected_revision?: number; command_id: string }

/** What the other services were asked to write, in order. */
export interface Asked { owner: string; question: Checked }

const LEADS: Readonly<Record<string, number[]>> = { demo: [1, 2, 3], other: [9] };

/** The contracts of the other services, kept as simply as they can be: leads 1 to 3 are demo's, 9 is other's. */
export async function standInForServices(cell: Cell) {
  const captured: CaptureItem[] = [];
  const requests: number[] = [];
  const asked: Asked[] = [];
  const gate = { open: Promise.resolve() };
  const leadsOf = (tenant: string, ids: number[]): IntakeState[] =>
    ids.filter((id) => LEADS[tenant]?.includes(id)).map((id) => intakeState({ lead_id: id, revision: 3 }));

  await cell.answer(CaptureLeads, async ({ items }) => {
    captured.push(...items);
    requests.push(items.length);
    await gate.open;
    return {
      results: items.map((item): CaptureResult => {
        if (item.lead.email === 'refuse@example.com') return { ok: false, error: DomainError.invalidField('email', 'refused', 'No').body };
        return {
          ok: true,
          answer: {
            submission_id: item.submission_id, verdict: item.lead.email === 'known@example.com' ? 'updated' : 'created', because: 'nobody is like this',
            lead: intakeState({ lead_id: 1, profile: item.lead }),
          },
        };
      }),
    };
  });
  await cell.answer(ListInlets, (): AnswerOf<typeof ListInlets> => ({ digest: 'none', unchanged: false, inlets: [], next: null }));
  await cell.answer(GetLeads, ({ tenant, ids }) => ({ leads: leadsOf(tenant, ids) }));
  await cell.answer(ListLeads, ({ context, limit }) => {
    const leads = leadsOf(context.tenant.id, LEADS[context.tenant.id] ?? []);
    return { leads: leads.slice(0, limit), next_cursor: leads.length > limit ? 'next' : null };
  });
  await cell.answer(GetScores, ({ ids }) => ({ scores: ids.map((id) => scoringState(id)) }));
  const endRouting = await cell.answer(GetAssignments, ({ ids }) => ({ assignments: ids.map((id) => routingState(id)) }));
  await cell.answer(GetStatuses, ({ ids }) => ({ statuses: ids.map((id) => qualificationState(id)) }));

  const note = (owner: string, present: number, question: Checked): void => {
    asked.push({ owner, question });
    if (!LEADS.demo.includes(question.lead_id)) throw DomainError.notFound('Lead');
    if (question.expected_revision !== undefined && question.expected_revision !== present) {
      throw DomainError.changedMeanwhile('lead', { revision: present });
    }
  };
  await cell.answer(ChangeStatus, (question) => {
    note('qualification', 4, question);
    if (question.patch.status === 'qualified') throw DomainError.conflict('invalid_transition', 'Use qualify', { allowed: ['contacted'] });
    return { qualification: qualificationState(question.lead_id, { revision: 5, status: 'contacted' }) };
  });
  await cell.answer(RateLead, (question) => {
    note('scoring', 2, question);
    return { score: scoringState(question.lead_id, { revision: 3, rating: question.patch.rating }) };
  });
  await cell.answer(AssignLead, (question) => {
    note('routing', 1, question);
    return { assignment: routingState(question.lead_id, { revision: 2, priority: question.patch.priority ?? 'normal' }), warnings: [{ code: 'w', detail: 'w' }] };
  });
  await cell.answer(UpdateLead, (question) => {
    note('intake', 3, question);
    return { lead: intakeState({ lead_id: question.lead_id, revision: 4, profile: question.patch }) };
  });
  return { captured, requests, asked, gate, endRouting };
}
