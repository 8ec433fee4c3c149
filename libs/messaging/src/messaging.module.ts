import { Module, type DynamicModule } from '@nestjs/common';
import { Broker } from './broker';
import { Consumer, SUBSCRIPTIONS } from './consumer';
import { Outbox } from './outbox';
import { Relay } from './relay';
import { RemoteControl } from './remote-control';
import { Requester } from './requester';
import type { Subscriptions } from './subscription';

/** Outbox, relay, consumer and request/reply of one service. */
@Module({})
export class MessagingModule {
  /** @param subscriptions the class, provided by the service's module, that lists what it listens to; null for nothing */
  static for(subscriptions: (new (...args: never[]) => Subscriptions) | null): DynamicModule {
    return {
      module: MessagingModule,
      global: true,
      providers: [
        { provide: SUBSCRIPTIONS, useValue: subscriptions }, Broker, Relay, Outbox, Consumer, Requester, RemoteControl,
      ],
      exports: [Broker, Outbox, Requester, Consumer],
    };
  }
}
