import { allTo, type AttributionModel } from '../model';

export const lastTouch: AttributionModel = {
  name: 'last_touch',
  rule: 'The last touch before the conversion gets all of it',
  weigh: (touches) => allTo(touches, touches.length - 1),
};
