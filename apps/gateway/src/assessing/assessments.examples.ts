import { DomainError } from '@headwater/contracts';
import { EXAMPLE_IDS, refused, type Examples } from '../documents/example';
import { LOCKED } from '../leads/leads.examples';

const AT = '2026-03-09T14:30:00.207Z';
const NOTE = '3f8e2a5c-91d4-4b7e-a6c0-5d2f1b8e7a94';
const ME = 'CRM sync';
const WORDS = 'Budget of $75,000 approved for Q1.';
const WORTH = { most: 25, at_least: 'partial' };

const UNKNOWN = {
  status: 'unknown', value: null, details: null, evidence: [], confidence: null, points: 0, ...WORTH, by: null, at: null, proposed: false, proposal_id: null,
};
const SAID = { value: 'CTO signs up to 100k', evidence: [{ text: '"Up to 100k I sign myself"', source: 'call on 9 March' }], confidence: 0.9 };
const AUTHORITY = {
  element: 'authority', status: 'confirmed', ...SAID, details: null, points: 25, ...WORTH, by: ME, at: AT, proposed: false, proposal_id: null,
};
const READ = {
  element: 'budget', status: 'confirmed', value: '75,000 USD, approved', details: { amount: 75_000, currency: 'USD', status: 'approved' },
  evidence: [{ text: WORDS, start: 0, end: WORDS.length, note_id: NOTE }], confidence: 0.9,
};
const PROPOSAL = {
  ...READ, id: EXAMPLE_IDS.Proposal, lead_id: EXAMPLE_IDS.Lead, framework: 'bant', by: 'notes-reader', at: AT, state: 'open', decided_by: null, decided_at: null,
};
const BUDGET = { ...READ, points: 25, ...WORTH, by: 'notes-reader', at: AT, proposed: true, proposal_id: EXAMPLE_IDS.Proposal };

const standing = (...known: { element: string; points: number }[]) => {
  const elements = ['budget', 'authority', 'need', 'timeline'].map((element) => known.find((one) => one.element === element) ?? { element, ...UNKNOWN });
  return {
    framework: 'bant', version: 0, score: known.reduce((sum, { points }) => sum + points, 0), verdict: 'incomplete',
    missing: elements.filter(({ points }) => points === 0).map(({ element }) => element), elements,
  };
};
const ASSESSMENT = {
  id: 88, lead_id: EXAMPLE_IDS.Lead, framework: 'bant', version: 0, score: 25, verdict: 'incomplete', missing: ['budget', 'need', 'timeline'],
  elements: [{ element: 'authority', status: 'confirmed', ...SAID, details: null }], qualified: null, reason: null, notes: null, by: ME, at: AT,
};

export const listLeadAssessments = {
  read_in_a_note: {
    summary: 'Her budget was read in a note',
    answer: { message: 'Assessments listed', data: { current: [standing(BUDGET)], proposals: [PROPOSAL], assessments: [] } },
  },
  judged: {
    summary: 'A person has judged', answer: { message: 'Assessments listed', data: { current: [standing(AUTHORITY)], proposals: [], assessments: [ASSESSMENT] } },
  },
} satisfies Examples;

export const assessLead = {
  authority: {
    summary: 'Who decides', body: { framework: 'bant', elements: [{ element: 'authority', status: 'confirmed', ...SAID }] },
    answer: { message: 'Assessment recorded', data: standing(AUTHORITY) },
  },
  no_such_element: {
    summary: 'An element of another framework', body: { framework: 'bant', elements: [{ element: 'champion', status: 'weak' }] },
    ...refused(DomainError.invalidField('elements.0.element', 'unknown_element', 'BANT has no element champion; it has budget, authority, need, timeline')),
  },
  lead_locked: { summary: 'A converted lead', body: { framework: 'bant', elements: [{ element: 'need', status: 'weak' }] }, ...LOCKED },
} satisfies Examples;

export const acceptProposal = {
  accepted: {
    summary: 'The note is right', answer: { message: 'Proposal accepted', data: { ...PROPOSAL, state: 'accepted', decided_by: ME, decided_at: AT } },
  },
  dismissed_before: {
    summary: 'Somebody has dismissed it',
    ...refused(DomainError.conflict('already_decided', `The proposal was dismissed by ${ME}`, { decision: { state: 'dismissed', decided_by: ME, decided_at: AT } })),
  },
} satisfies Examples;

export const dismissProposal = {
  dismissed: {
    summary: 'Somebody else\'s budget was meant', answer: { message: 'Proposal dismissed', data: { ...PROPOSAL, state: 'dismissed', decided_by: ME, decided_at: AT } },
  },
} satisfies Examples;
