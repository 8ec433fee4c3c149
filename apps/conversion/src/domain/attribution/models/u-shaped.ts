import type { AttributionModel } from '../model';

const ENDS = 40;
const BETWEEN = 20;

/** Of position: the touches between the first and the last one share the rest evenly, by whole numbers. */
export const uShaped: AttributionModel = {
  name: 'u_shaped',
  rule: '40 % to the first and 40 % to the last touch, 20 % evenly to those between; of two each gets half, one gets all of it',
  weigh(touches) {
    const between = touches.length - 2;
    if (between <= 0) return touches.map(() => 1);
    return touches.map((_, i) => (i === 0 || i === touches.length - 1 ? ENDS * between : BETWEEN));
  },
};
