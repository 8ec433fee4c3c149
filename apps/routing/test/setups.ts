import {
  LeadScored, type LeadScoreView, type NewEvent, type RoutingSetup, type ScoringState,
} from '@headwater/contracts';
import { intakeState } from '@headwater/testing';

/** Reps who are equal, one pool, no rules. */
export const equalReps = (users: string[], strategy = 'round_robin'): RoutingSetup => ({
  teams: [{ name: 'Sales' }],
  reps: users.map((user_id) => ({
    user_id, name: `Rep ${user_id}`, email: `${user_id}@example.com`, team: 'Sales', time_zone: 'Pacific/Kiritimati',
  })),
  pools: [{ name: 'General', strategy, members: users }],
  rule_set: { rules: [], default: { pool: 'General' } },
});

/** Two pools and two rules, one of them to a pool where nobody is active. */
export const withRules = (): RoutingSetup => ({
  teams: [{ name: 'Enterprise' }, { name: 'Field' }],
  reps: [
    { user_id: 'grace', name: 'Grace', email: 'grace@example.com', team: 'Enterprise', time_zone: 'America/New_York', max_open_leads: 1 },
    { user_id: 'diego', name: 'Diego', team: 'Field' },
    { user_id: 'gone', name: 'Gone', active: false },
  ],
  pools: [
    { name: 'Key accounts', strategy: 'named', members: ['grace'] },
    { name: 'Away', strategy: 'weighted', members: ['gone'] },
    { name: 'General', strategy: 'least_open', members: ['diego', 'gone'] },
  ],
  rule_set: {
    rules: [
      { name: 'Enterprise', when: { field: 'employees', op: 'gte', value: 1000 }, pool: 'Key accounts', priority: 'high' },
      { name: 'Germany', when: { field: 'country', op: 'eq', value: 'DE' }, pool: 'Away' },
    ],
    default: { pool: 'General' },
  },
});

const COLD: LeadScoreView = { total_score: 20, behavioral_score: 5, demographic_score: 15, grade: 'D', temperature: 'cold' };

export function scoringState(lead_id: number, { score, ...more }: Partial<ScoringState> & { score?: Partial<LeadScoreView> } = {}): ScoringState {
  const effective = { ...COLD, ...score };
  return {
    lead_id, revision: 1, effective, computed: effective, is_hot: effective.temperature === 'hot', hot_reasons: [], mql: false,
    model_version: 1, scored_at: '2026-11-20T09:00:00.000Z', ...more,
  };
}

type Given = Parameters<typeof intakeState>[0];

/** A lead's score, as scoring announces it. */
export const scored = (
  tenant: string, lead_id: number, state: Parameters<typeof scoringState>[1] = {}, lead: Partial<Given> = {},
): NewEvent => {
  const score = scoringState(lead_id, state);
  return LeadScored.ofLead(tenant, score, { score, contributions: [], lead: intakeState({ created_at: new Date().toISOString(), ...lead, lead_id }) });
};
