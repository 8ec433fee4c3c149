import { allTo, type AttributionModel } from '../model';

export const firstTouch: AttributionModel = {
  name: 'first_touch',
  rule: 'The first touch gets all of it',
  weigh: (touches) => allTo(touches, 0),
};
