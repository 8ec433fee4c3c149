import { AddEpoch1763805600000 } from './add-epoch';
import { CreateMessaging1763769600000 } from './create-messaging';

/** Run in each service's schema, before its own. */
export const messagingMigrations = [CreateMessaging1763769600000, AddEpoch1763805600000];
