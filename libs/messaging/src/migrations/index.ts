import { CreateMessaging1763769600000 } from './create-messaging';

/** Run in each service's schema, before its own. */
export const messagingMigrations = [CreateMessaging1763769600000];
