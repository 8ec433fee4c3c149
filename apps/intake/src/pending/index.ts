import { ConsentsStore } from '../store/consents.store';
import { KeepConsentEdits1764144080004 } from '../store/migrations/keep-consent-edits';
import { PendingController } from './pending.controller';
import { SettlePendingChanges } from './settle-pending-changes';

/** What waits for a person, and what people said of being written to. */
export const PENDING = {
  controllers: [PendingController],
  providers: [SettlePendingChanges, ConsentsStore],
  migrations: [KeepConsentEdits1764144080004],
};
