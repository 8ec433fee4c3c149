import { DomainError } from '@headwater/contracts';
import { refused, type Examples } from '../documents/example';

const BANT = {
  name: 'bant', version: 0, created_at: null, created_by: null,
  document: {
    label: 'BANT',
    elements: [
      { name: 'budget', label: 'Budget', question: 'Is there money for it, how much, and who has approved it?', weight: 25 },
      { name: 'authority', label: 'Authority', question: 'Who decides, and do we speak to them?', weight: 25 },
      { name: 'need', label: 'Need', question: 'What hurts, and what does it cost them?', weight: 25 },
      { name: 'timeline', label: 'Timeline', question: 'By when does it have to be there, and what happens if it is not?', weight: 25 },
    ],
  },
};
const MEDDIC = {
  name: 'meddic', version: 0, created_at: null, created_by: null,
  document: {
    label: 'MEDDIC',
    elements: [
      { name: 'metrics', label: 'Metrics', question: 'What do they gain, in figures?', weight: 17 },
      { name: 'economic_buyer', label: 'Economic buyer', question: 'Who can say yes when everybody else says no?', weight: 17 },
      { name: 'decision_criteria', label: 'Decision criteria', question: 'By what do they compare us with others?', weight: 16 },
      { name: 'decision_process', label: 'Decision process', question: 'Who does what until it is signed, and by when?', weight: 16 },
      { name: 'identify_pain', label: 'Identified pain', question: 'What hurts so much that they act?', weight: 17 },
      { name: 'champion', label: 'Champion', question: 'Who sells it within the company when we are not there?', weight: 17 },
    ],
  },
};
const SPICED = {
  label: 'SPICED',
  elements: [
    { name: 'situation', label: 'Situation', weight: 10, at_least: 'unknown' },
    { name: 'pain', label: 'Pain', question: 'What hurts?', weight: 30, at_least: 'confirmed' },
    { name: 'impact', label: 'Impact', weight: 25 },
    { name: 'critical_event', label: 'Critical event', question: 'What happens if nothing happens by then?', weight: 20 },
    { name: 'decision', label: 'Decision', weight: 15 },
  ],
  shares: { weak: 20, partial: 50 },
};
const OWN = { name: 'spiced', version: 1, document: SPICED, created_at: '2026-03-01T09:00:00.000Z', created_by: 'CRM sync' };

export const listFrameworks = {
  own_one: { summary: 'What is built in, and one of their own', answer: { message: 'Frameworks listed', data: [BANT, MEDDIC, OWN] } },
} satisfies Examples;

export const getFramework = {
  built_in: { summary: 'BANT, as it is built in', answer: { message: 'Framework found', data: BANT } },
} satisfies Examples;

export const addFramework = {
  spiced: { summary: 'A framework of their own', body: { name: 'spiced', ...SPICED }, answer: { message: 'Framework in force', data: OWN } },
  wrong_sum: {
    summary: 'Weights that are no hundred', body: { name: 'spiced', ...SPICED, elements: SPICED.elements.slice(1) },
    ...refused(DomainError.invalidField('elements', 'wrong_sum',
      'The weights of all elements (pain, impact, critical_event, decision) are together 90, and must be 100')),
  },
} satisfies Examples;

const POLICY = {
  segments: [
    {
      name: 'enterprise', when: { field: 'employees', op: 'gte', value: 1000 }, gate: 'enforce', framework: 'meddic',
      requires: [{ element: 'champion', at_least: 'confirmed' }], min_score: 60,
      conditions: [{ name: 'scored_well', when: { field: 'score.total', op: 'gte', value: 50 }, message: 'Only leads with a score of 50 or more are sold to by enterprise' }],
    },
  ],
  default: { gate: 'warn', framework: 'bant' },
};
const IN_FORCE = { version: 1, document: POLICY, created_at: '2026-03-01T09:00:00.000Z', created_by: 'CRM sync' };

export const getGatePolicy = {
  own_policy: { summary: 'Enterprise takes more', answer: { message: 'Gate policy found', data: IN_FORCE } },
} satisfies Examples;

export const replaceGatePolicy = {
  own_policy: { summary: 'Enterprise takes more', body: POLICY, answer: { message: 'Gate policy in force', data: IN_FORCE } },
  enforced: {
    summary: 'Nobody is qualified of whom an element is missing', body: { default: { gate: 'enforce' } },
    answer: { message: 'Gate policy in force', data: { ...IN_FORCE, document: { default: { gate: 'enforce' } } } },
  },
  unknown_element: {
    summary: 'An element that the framework has not', body: { default: { gate: 'enforce', requires: [{ element: 'champion', at_least: 'weak' }] } },
    ...refused(DomainError.invalidField('default.requires.0.element', 'unknown_element', 'BANT has no element champion; it has budget, authority, need, timeline')),
  },
} satisfies Examples;
