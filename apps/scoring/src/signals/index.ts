import { IdentitiesStore } from '../store/identities.store';
import { NurturedStore } from '../store/nurtured.store';
import { KeepUnknownSignals1764150000201 } from '../store/migrations/keep-unknown-signals';
import { KnowNurtured1764300000302 } from '../store/migrations/know-nurtured';
import { AddSignals } from './add-signals';
import { AttachSignals } from './attach-signals';
import { SignalsController } from './signals.controller';
import { TakeSignals } from './take-signals';
import { TellSignals } from './tell-signals';

/** What leads did: taken in, given to whose it is, kept for who isn't known yet. */
export const SIGNALS = {
  controllers: [SignalsController],
  providers: [TakeSignals, AddSignals, AttachSignals, TellSignals, IdentitiesStore, NurturedStore],
  migrations: [KeepUnknownSignals1764150000201, KnowNurtured1764300000302],
  retentions: [
    { table: 'unknown_signal', column: 'seen_at', days: 90 }, { table: 'unknown_identity', column: 'seen_at', days: 90 },
    { table: 'visitor_link', column: 'linked_at', days: 400 },
  ],
};
