import type { Envelope, EventDefinition } from '@headwater/contracts';
import type { Tx } from '@headwater/platform';

/**
 * Handles a batch within the consumer's transaction, without any other effect. It gets each fact once and, of state
 * events, the newest per lead in the batch; what is stored already may still be newer, and wins.
 */
export type Handler<Data> = (events: Envelope<Data>[], tx: Tx) => Promise<void>;

export interface Subscription {
  event: EventDefinition<object>;
  /** of several that have the same, what is there at the same time is handled in one transaction */
  handle: Handler<object>;
  /** hand over every event once, also of a state event that carries a fact besides its snapshot */
  everyOne: boolean;
  /** of those: what the handler does about an event it does once, however often that comes, so that nobody needs to keep which have come */
  isRepeatable: boolean;
  /** of whom it listens at all; who isn't concerned is passed by without anything being read or asked */
  concerns: (tenant: string) => boolean;
  /** whether anything may follow from an event, by what it tells and nothing else; one from which nothing does is acknowledged */
  matters: (data: object) => boolean;
}

type How<Data> = Partial<Pick<Subscription, 'everyOne' | 'isRepeatable' | 'concerns'>> & { matters?: (data: Data) => boolean };

/** Everything that a service listens to; a service has one class of it. */
export interface Subscriptions {
  list(): Subscription[];
}

export const on = <Data extends object>(
  event: EventDefinition<Data>, handle: Handler<Data>,
  { everyOne = event.kind === 'fact', isRepeatable = false, concerns = () => true, matters = () => true }: How<Data> = {},
): Subscription => ({
  event: event as unknown as EventDefinition<object>,
  handle: handle as Handler<object>,
  everyOne, isRepeatable, concerns,
  matters: matters as (data: object) => boolean,
});
