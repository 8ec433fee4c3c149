import type { AttributionModel } from '../model';

export const linear: AttributionModel = {
  name: 'linear',
  rule: 'Every touch gets the same',
  weigh: (touches) => touches.map(() => 1),
};
