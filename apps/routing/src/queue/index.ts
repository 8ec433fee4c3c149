import { QueueStore } from '../store/queue.store';
import { AlertManagers } from './alert-managers';
import { ClaimLead } from './claim-lead';
import { QueueController } from './queue.controller';
import { ReadQueue } from './read-queue';
import { RouteLead } from './route-lead';
import { RouteWaiting } from './route-waiting';

/** Leads that nobody has: looked at again, claimed, or sent through the rules once more. */
export const QUEUE = { controllers: [QueueController], providers: [ReadQueue, ClaimLead, RouteLead, RouteWaiting, AlertManagers, QueueStore] };
