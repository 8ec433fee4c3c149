import type { ElementStatus, Framework } from '@headwater/contracts';

/** A framework as it is in force. */
export interface NamedFramework { name: string; /** 0 where it is built in */ version: number; document: Framework }

const BANT: Framework = {
  label: 'BANT',
  elements: [
    { name: 'budget', label: 'Budget', question: 'Is there money for it, how much, and who has approved it?', weight: 25 },
    { name: 'authority', label: 'Authority', question: 'Who decides, and do we speak to them?', weight: 25 },
    { name: 'need', label: 'Need', question: 'What hurts, and what does it cost them?', weight: 25 },
    { name: 'timeline', label: 'Timeline', question: 'By when does it have to be there, and what happens if it is not?', weight: 25 },
  ],
};

const MEDDIC: Framework = {
  label: 'MEDDIC',
  elements: [
    { name: 'metrics', label: 'Metrics', question: 'What do they gain, in figures?', weight: 17 },
    { name: 'economic_buyer', label: 'Economic buyer', question: 'Who can say yes when everybody else says no?', weight: 17 },
    { name: 'decision_criteria', label: 'Decision criteria', question: 'By what do they compare us with others?', weight: 16 },
    { name: 'decision_process', label: 'Decision process', question: 'Who does what until it is signed, and by when?', weight: 16 },
    { name: 'identify_pain', label: 'Identified pain', question: 'What hurts so much that they act?', weight: 17 },
    { name: 'champion', label: 'Champion', question: 'Who sells it within the company when we are not there?', weight: 17 },
  ],
};

/** What every tenant has; one of its own of that name takes its place. */
export const BUILT_IN: ReadonlyMap<string, NamedFramework> =
  new Map(Object.entries({ bant: BANT, meddic: MEDDIC }).map(([name, document]) => [name, { name, version: 0, document }]));

/** What an element adds, in per cent of its weight, where the framework doesn't say. */
const SHARES = { weak: 25, partial: 60 };
const AT_LEAST: ElementStatus = 'partial';

export const atLeastOf = ({ at_least }: { at_least?: ElementStatus | null }): ElementStatus => at_least ?? AT_LEAST;

/** @param weight 1-100. @returns whole points, rounded half up */
export function pointsOf({ shares }: Framework, weight: number, status: ElementStatus): number {
  const share = { unknown: 0, ...(shares ?? SHARES), confirmed: 100 }[status];
  return Math.floor((weight * share) / 100 + 0.5);
}
