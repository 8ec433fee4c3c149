import type { AttributionModel } from '../model';
import { firstTouch } from './first-touch';
import { lastTouch } from './last-touch';
import { leadCreation } from './lead-creation';
import { linear } from './linear';
import { timeDecay } from './time-decay';
import { uShaped } from './u-shaped';

/** Every model that may be asked for; the laws in the spec hold for each. */
export const MODELS: readonly AttributionModel[] = [firstTouch, lastTouch, leadCreation, linear, uShaped, timeDecay];
