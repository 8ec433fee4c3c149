import { DomainError, STAGES, type Stage } from '@headwater/contracts';
import { isClosed } from './announce-opportunity';

const OPEN = STAGES.filter((stage) => !isClosed(stage));

/** Where a deal may go from each stage: an open one anywhere, a closed one back among the open ones. */
export const NEXT_STAGES: Readonly<Record<Stage, readonly Stage[]>> = Object.fromEntries(STAGES.map((stage) =>
  [stage, isClosed(stage) ? OPEN : STAGES.filter((other) => other !== stage)])) as unknown as Record<Stage, readonly Stage[]>;

/** @throws DomainError `invalid_transition` with the stages that are allowed */
export function mustGo(from: Stage, to: Stage): void {
  if (NEXT_STAGES[from].includes(to)) return;
  throw DomainError.conflict('invalid_transition', `A deal in ${from} can't go to ${to}: open it again first`, { allowed: NEXT_STAGES[from] });
}
