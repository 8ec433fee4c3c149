import { IdentitiesStore } from '../store/identities.store';
import { KeepUnknownSignals1764150000201 } from '../store/migrations/keep-unknown-signals';
import { AddSignals } from './add-signals';
import { AttachSignals } from './attach-signals';
import { SignalsController } from './signals.controller';
import { TakeSignals } from './take-signals';

/** What leads did: taken in, given to whose it is, kept for who isn't known yet. */
export const SIGNALS = {
  controllers: [SignalsController],
  providers: [TakeSignals, AddSignals, AttachSignals, IdentitiesStore],
  migrations: [KeepUnknownSignals1764150000201],
  retentions: [
    { table: 'unknown_signal', column: 'seen_at', days: 90 }, { table: 'unknown_identity', column: 'seen_at', days: 90 },
    { table: 'visitor_link', column: 'linked_at', days: 400 },
  ],
};
