import { DomainError, type Warning } from '@headwater/contracts';
import type { GateOutcome } from './gate-policy';

const CODE = 'gate_not_passed';

/** What a refusal tells besides its sentence, and a remark as well. */
const tellOf = ({ framework, segment, lacks }: GateOutcome): Record<string, unknown> => ({
  framework, segment, missing: lacks.flatMap((lack) => (lack.kind === 'element' ? [lack.element] : [])), lacks,
});

/** As much as fits into an answer; all of it is in `lacks`. */
const LONGEST_SENTENCE = 400;

function sentence({ lacks }: GateOutcome): string {
  const details = lacks.map(({ detail }) => detail);
  const fits = details.filter((_, i) => i === 0 || details.slice(0, i + 1).join('. ').length <= LONGEST_SENTENCE);
  return [...fits, ...(fits.length < details.length ? [`And ${details.length - fits.length} more`] : [])].join('. ');
}

export const gateNotPassed = (outcome: GateOutcome): DomainError =>
  DomainError.conflict(CODE, `The lead can't be qualified yet. ${sentence(outcome)}`, tellOf(outcome));

export const gateRemark = (outcome: GateOutcome): Warning => ({ code: CODE, detail: sentence(outcome), ...tellOf(outcome) });
