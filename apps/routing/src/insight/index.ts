import { InsightController } from './insight.controller';
import { MeasureFairness } from './measure-fairness';
import { SimulateRouting } from './simulate-routing';

/** What rules would do, and what they did: nothing here routes a lead. */
export const INSIGHT = { controllers: [InsightController], providers: [SimulateRouting, MeasureFairness] };
