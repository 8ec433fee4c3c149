import { SendSignals } from './send-signals';
import { SignalsController } from './signals.controller';

/** What people did: told by other systems, and by pages. */
export const SIGNALS = { controllers: [SignalsController], providers: [SendSignals] };
