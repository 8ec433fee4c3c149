import { AddEpoch1763805600000 } from './add-epoch';
import { CreateMessaging1763769600000 } from './create-messaging';
import { OrderPending1764144050002 } from './order-pending';
import { CreateTies1764144020000 } from './create-ties';

/** Run in each service's schema, before its own. */
export const messagingMigrations = [CreateMessaging1763769600000, AddEpoch1763805600000, OrderPending1764144050002];

/** Run in the schema of each service that keeps something about leads, after its own; it provides `LeadTies`. */
export const tiesMigrations = [CreateTies1764144020000];
