import { DomainError } from '@headwater/contracts';
import { EXAMPLE_IDS, refused, type Examples } from '../documents/example';
import { OWNER } from '../leads/example-lead';

const OTHER = { id: 32, name: 'Priya Nair' };

export const simulateRouting = {
  draft: {
    summary: 'A draft, tried with a lead that is there', body: { rule_set_id: EXAMPLE_IDS['Rule set'], lead_ids: [EXAMPLE_IDS.Lead] },
    answer: {
      message: 'Routing simulated',
      data: {
        leads: [{
          lead_id: EXAMPLE_IDS.Lead, rule: 'Large companies', pool: 'enterprise', queue: null, owner: OWNER, waits_until: null,
          because: 'rule "Large companies" (employees ≥ 200) → pool enterprise, round robin: next in turn', former_owner: OWNER, differs: false,
        }],
        load: [{ rep: OWNER, leads: 1, former_leads: 1 }], unassigned: 0, differ: 0, version: 2, truncated: false,
      },
    },
  },
  facts: {
    summary: 'The active rules, asked about a lead that nobody sent', body: { leads: [{ employees: 12, country: 'US', score: { total: 40, is_hot: false } }] },
    answer: {
      message: 'Routing simulated',
      data: {
        leads: [{
          lead_id: null, rule: null, pool: 'commercial', queue: null, owner: OTHER, waits_until: null,
          because: 'no rule held → pool commercial, weighted: furthest behind its share of 2 in 2', former_owner: null, differs: false,
        }],
        load: [{ rep: OTHER, leads: 1, former_leads: 0 }], unassigned: 0, differ: 0, version: 1, truncated: false,
      },
    },
  },
  nothing_said: {
    summary: 'Without any leads', body: {}, ...refused(DomainError.invalidField('lead_ids', 'required', 'Say which leads: one of lead_ids, leads and past_days')),
  },
} satisfies Examples;

export const getRoutingFairness = {
  one_lead: {
    summary: 'After the first lead',
    answer: {
      message: 'Fairness measured',
      data: {
        from: '2026-02-01T09:00:00.000Z', until: '2026-03-03T09:00:00.000Z',
        pools: [{ pool: 'enterprise', reps: [{ rep: OWNER, assignments: 1, kinds: { rotation: 1 } }], gini: 0, spread: 0 }],
        reps: [{ rep: OWNER, assignments: 1, kinds: { rotation: 1 } }], gini: 0, kinds: { rotation: 1 },
      },
    },
  },
  reversed: {
    summary: 'A time that ends before it begins', parameters: { from: '2026-03-02T00:00:00.000Z', until: '2026-03-01T00:00:00.000Z' },
    ...refused(DomainError.invalidField('from', 'reversed_range', 'from must be before until')),
  },
} satisfies Examples;
