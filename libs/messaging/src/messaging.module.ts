import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Broker } from './broker/broker';
import { Consumer, SUBSCRIPTIONS } from './consuming/consumer';
import { EventHandling } from './consuming/event-handling';
import type { Subscriptions } from './consuming/subscription';
import { ToldEvents } from './consuming/told-events';
import { MessagingMetrics } from './counting/messaging-metrics';
import { FailingEvents } from './failing/failing-events';
import { Housekeeping, RETENTIONS, type Retention } from './housekeeping';
import { QueueMetrics } from './operations/queue-metrics';
import { RemoteControl } from './operations/remote-control';
import { Outbox } from './publishing/outbox';
import { Relay } from './publishing/relay';
import { Replay } from './recovery/replay';
import { DeadlineGuard } from './requests/deadline';
import { Requester } from './requests/requester';
import { Spool } from './spool/spool';
import { SpoolConsumer } from './spool/spool-consumer';

/** Outbox, relay, consumer and request/reply of one service. */
@Module({})
export class MessagingModule {
  /**
   * @param subscriptions the class, provided by the service's module, that lists what it listens to; null for nothing
   * @param retentions of the service's own tables, kept by the one purge job
   */
  static for(subscriptions: (new (...args: never[]) => Subscriptions) | null, retentions: Retention[] = []): DynamicModule {
    return {
      module: MessagingModule,
      global: true,
      providers: [
        { provide: SUBSCRIPTIONS, useValue: subscriptions }, { provide: RETENTIONS, useValue: retentions },
        { provide: APP_GUARD, useClass: DeadlineGuard },
        Broker, Replay, Relay, Outbox, ToldEvents, FailingEvents, EventHandling, Consumer, Housekeeping, Requester, RemoteControl, Spool, SpoolConsumer, MessagingMetrics, QueueMetrics,
      ],
      exports: [Broker, Outbox, Relay, Requester, Consumer, ToldEvents, Spool, SpoolConsumer],
    };
  }
}
