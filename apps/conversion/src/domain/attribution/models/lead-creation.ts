import { allTo, type AttributionModel } from '../model';

export const leadCreation: AttributionModel = {
  name: 'lead_creation',
  rule: 'The touch that made the lead gets all of it; where it is not known, the first one',
  weigh: (touches) => allTo(touches, Math.max(0, touches.findIndex(({ made_lead }) => made_lead))),
};
