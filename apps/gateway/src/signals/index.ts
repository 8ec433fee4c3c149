import { SendSignals } from './send-signals';
import { SignalDoorController } from './signal-door.controller';
import { SignalsController } from './signals.controller';

/** What people did: told by other systems, and by pages. */
export const SIGNALS = { controllers: [SignalsController, SignalDoorController], providers: [SendSignals] };
