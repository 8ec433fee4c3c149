import type { AttributionModelName } from '@headwater/contracts';

/** When a person was heard of; what a model may go by. */
export interface TimedTouch {
  /** milliseconds since the epoch */
  at: number;
  /** whether the lead was made of it */
  made_lead: boolean;
}

/** How the credit for a deal is shared among the touches that led to it. */
export interface AttributionModel {
  name: AttributionModelName;
  /** the rule in a sentence, as it is answered */
  rule: string;
  /**
   * What each touch weighs: whole numbers ≥ 0, of which at least one is more.
   * @param touches one at least, oldest first
   */
  weigh: (touches: readonly TimedTouch[]) => number[];
}

/** All of it to one. */
export const allTo = (touches: readonly TimedTouch[], winner: number): number[] => touches.map((_, i) => (i === winner ? 1 : 0));
