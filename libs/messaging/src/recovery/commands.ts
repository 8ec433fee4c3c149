import type { ServiceCommands } from '@headwater/platform';
import { raiseEpoch } from './raise-epoch';

/** What `node dist/main.js <command>` does besides `migrate`, in every service's schema. */
export const messagingCommands: ServiceCommands = { 'raise-epoch': raiseEpoch };
