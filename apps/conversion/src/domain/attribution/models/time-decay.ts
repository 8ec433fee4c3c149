import type { AttributionModel } from '../model';

export const HALF_LIFE_DAYS = 7;
const HALF_LIFE_MS = HALF_LIFE_DAYS * 24 * 60 * 60 * 1_000;
/** What the last touch weighs; one of 30 half-lives before weighs the least that counts. */
const HEAVIEST = 2 ** 30;

export const timeDecay: AttributionModel = {
  name: 'time_decay',
  rule: `A touch gets half of what one gets ${HALF_LIFE_DAYS} days later; one more than ${30 * HALF_LIFE_DAYS} days before the last one gets nothing`,
  weigh(touches) {
    const last = touches[touches.length - 1].at;
    return touches.map(({ at }) => Math.round(HEAVIEST * 2 ** ((at - last) / HALF_LIFE_MS)));
  },
};
