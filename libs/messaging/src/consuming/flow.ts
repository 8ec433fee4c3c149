import type { ConsumerMessages, JsMsg } from 'nats';
import { eventSubject, LANES, type EventDefinition, type Lane, type Service } from '@headwater/contracts';
import { compileValidator, type Validator } from '@headwater/platform';
import { Portion } from '../pace/portion';
import type { Subscription } from './subscription';

/** Of one transaction. */
export const BATCH = 200;

/** One subscription in one lane: a durable of its own, and what it has brought and nobody has handled yet. */
export interface Flow {
  /** of the durable */
  name: string;
  lane: Lane;
  filter: string;
  subscription: Subscription;
  validate: Validator<object>;
  buffer: JsMsg[];
  /** of it, in the bulk lane */
  portion: Portion;
  messages?: ConsumerMessages;
}

/** The name of a service's durable for an event: `<service>_<event>_v<n>`, with `_bulk` behind it in the bulk lane. */
export const durableOf = (service: Service, { type, version }: Pick<EventDefinition, 'type' | 'version'>, lane: Lane): string =>
  `${service}_${type.replace('.', '_')}_v${version}${lane === 'bulk' ? '_bulk' : ''}`;

export function flowsOf(service: Service, subscriptions: Subscription[]): Flow[] {
  return subscriptions.flatMap((subscription) => {
    const { event } = subscription;
    const validate = compileValidator(event.data, { closed: false });
    return LANES.map((lane): Flow => ({
      name: durableOf(service, event, lane), lane, filter: eventSubject(event, '*', lane), subscription, validate, buffer: [], portion: new Portion(BATCH),
    }));
  });
}
