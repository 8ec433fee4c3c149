import { EXAMPLE_IDS, EXAMPLE_SUBMISSION, type Examples } from '../documents/example';
import { BANT } from './outcome.examples';
import { CAPTURED_AT, CREATED_BECAUSE, OWNER, TEAM } from './example-lead';

const DECISION = {
  id: 88, at: '2026-03-02T14:05:09.781Z', cause: 'first_score',
  because: 'rule "Large companies" (employees ≥ 200) → pool enterprise, round robin: next in turn', actor: null, rule_set_version: 1,
  rules: [{ name: 'Large companies', held: true, trace: { field: 'employees', op: 'gte', value: 200, found: 250, holds: true } }], rule: 'Large companies', kind: 'rotation', pool: 'enterprise', strategy: 'round_robin',
  candidates: [{ rep_id: OWNER.id, name: OWNER.name, excluded: null, counters: { turn: 0, picks: 0, weight: 1, open_leads: 0, current_weight: 0 },
    after: { turn: 1, picks: 1, weight: 1, open_leads: 0, current_weight: 0 } }],
  more_candidates: null, picked: OWNER,
};

export const getLeadRouting = {
  by_rule: {
    summary: 'Routed by a rule',
    answer: {
      message: 'Routing found',
      data: {
        assignment: {
          lead_id: EXAMPLE_IDS.Lead, revision: 1, owner: OWNER, team: TEAM, priority: 'normal', next_follow_up: null, because: DECISION.because, decision_id: DECISION.id,
        },
        decision: DECISION, decisions: [DECISION],
      },
      meta: { next_cursor: null },
    },
  },
} satisfies Examples;

export const listLeadNotes = {
  of_a_call: {
    summary: 'What was noted after a call', parameters: { limit: 50 },
    answer: {
      message: 'Notes listed',
      data: [{
        id: '77', text: 'Discovery completed with IT team. 5 departments will use platform. Enterprise deployment required.', author: 'CRM sync', cause: 'patch',
        at: '2026-03-04T09:20:31.004Z',
      }],
    },
  },
} satisfies Examples;

export const listLeadTouches = {
  first_touch: {
    summary: 'One submission', parameters: { limit: 50 },
    answer: {
      message: 'Touches listed',
      data: [{
        id: 2001, lead_id: EXAMPLE_IDS.Lead, submission_id: EXAMPLE_SUBMISSION, at: CAPTURED_AT, entry: 'api', inlet: null, channel: 'direct', channel_rule: null, channel_version: 0,
        source: 'web', source_raw: null, campaign: null, campaign_raw: null, utm: null, click_ids: null, page_url: null, referrer: null,
        verdict: 'created', because: CREATED_BECAUSE, is_first: true, is_last: true, made_lead: true,
      }],
      meta: { next_cursor: null },
    },
  },
} satisfies Examples;

export const listLeadTransitions = {
  qualified_at_once: {
    summary: 'Qualified without having been contacted before: two steps at once',
    answer: {
      message: 'Transitions listed',
      data: [
        { from: 'new', to: 'contacted', cause: 'implied_contact', actor: 'CRM sync', reason: null, notes: null, at: '2026-03-09T14:30:00.207Z', ms_in_previous: 606_290_795 },
        { from: 'contacted', to: 'qualified', cause: 'qualify', actor: 'CRM sync', reason: null, notes: BANT, at: '2026-03-09T14:30:00.207Z', ms_in_previous: 0 },
      ],
    },
  },
} satisfies Examples;
