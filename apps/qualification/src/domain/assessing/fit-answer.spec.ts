import type { AssessedElement, Assessment, ElementProposal, FrameworkAssessment, LeadAssessments } from '@headwater/contracts';
import { fitAnswer } from './fit-answer';

const MEGABYTE = 1_000_000;
const bytes = (answer: LeadAssessments): number => Buffer.byteLength(JSON.stringify(answer));
const long = (pieces: number) => Array.from({ length: pieces }, () => ({ text: '好'.repeat(1_000), source: '好'.repeat(200) }));
const element = (evidence: number): AssessedElement =>
  ({ element: 'need', status: 'weak', value: '好'.repeat(500), evidence: long(evidence), points: 1, most: 5, at_least: 'partial', proposed: false });
const current = (frameworks: number): FrameworkAssessment[] => Array.from({ length: frameworks }, () =>
  ({ framework: 'own', version: 1, score: 1, verdict: 'incomplete', missing: [], elements: Array.from({ length: 20 }, () => element(5)) }));
const history = (count: number): Assessment[] => Array.from({ length: count }, (_, i) => ({ id: i, lead_id: 1, elements: [element(5)], by: 'Mia', at: '' }));
const waiting = (count: number): ElementProposal[] => Array.from({ length: count }, (_, i) =>
  ({ ...element(1), id: i, lead_id: 1, framework: 'bant', by: 'notes-reader', at: '', state: 'open' }));

it('leaves what fits as it is', () => {
  const answer = { current: current(1), proposals: waiting(2), assessments: history(3) };
  expect(fitAnswer(answer)).toEqual(answer);
});

it('drops the oldest judgements first, and keeps where the lead stands', () => {
  const { current: kept, proposals, assessments } = fitAnswer({ current: current(1), proposals: waiting(10), assessments: history(100) });
  expect([kept, proposals.length]).toEqual([current(1), 10]);
  expect(assessments).toEqual(history(100).slice(0, assessments.length));
  expect(assessments.length).toBeGreaterThan(0);
});

it('fits into a message, whatever a lead was judged by', () => {
  const answer = fitAnswer({ current: current(10), proposals: waiting(100), assessments: history(100) });
  expect(bytes(answer)).toBeLessThan(MEGABYTE);
  expect(answer.current).toHaveLength(10);
});
