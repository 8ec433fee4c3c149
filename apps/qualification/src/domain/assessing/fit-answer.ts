import type { LeadAssessments } from '@headwater/contracts';

/** A message of the broker has at most 1 MB. */
const MOST_BYTES = 700_000;

/** As much as fits into an answer: the older half of the history goes first, as often as it takes, then of the proposals; at last all evidence. */
export function fitAnswer(answer: LeadAssessments): LeadAssessments {
  if (Buffer.byteLength(JSON.stringify(answer)) <= MOST_BYTES) return answer;
  const { current, proposals, assessments } = answer;
  if (assessments.length > 0) return fitAnswer({ ...answer, assessments: assessments.slice(0, Math.floor(assessments.length / 2)) });
  if (proposals.length > 0) return fitAnswer({ ...answer, proposals: proposals.slice(0, Math.floor(proposals.length / 2)) });
  return { ...answer, current: current.map((one) => ({ ...one, elements: one.elements.map((element) => ({ ...element, evidence: [] })) })) };
}
