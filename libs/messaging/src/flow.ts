import type { ConsumerMessages, JsMsg } from 'nats';
import { eventSubject, type Lane, type Service } from '@headwater/contracts';
import { compileValidator, type Validator } from '@headwater/platform';
import type { Subscription } from './subscription';

/** One subscription in one lane: a durable of its own, and what it has brought and nobody has handled yet. */
export interface Flow {
  /** of the durable: `<service>_<event>_v<n>`, with `_bulk` behind it in the bulk lane */
  name: string;
  lane: Lane;
  filter: string;
  subscription: Subscription;
  validate: Validator<object>;
  buffer: JsMsg[];
  messages?: ConsumerMessages;
}

export function flowsOf(service: Service, subscriptions: Subscription[]): Flow[] {
  return subscriptions.flatMap((subscription) => {
    const { event } = subscription;
    const validate = compileValidator(event.data, { closed: false });
    return (['live', 'bulk'] as const).map((lane): Flow => ({
      name: `${service}_${event.type.replace('.', '_')}_v${event.version}${lane === 'bulk' ? '_bulk' : ''}`,
      lane, filter: eventSubject(event, '*', lane), subscription, validate, buffer: [],
    }));
  });
}
