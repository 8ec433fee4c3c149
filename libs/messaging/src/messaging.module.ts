import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Broker } from './broker';
import { Consumer, SUBSCRIPTIONS } from './consumer';
import { DeadlineGuard } from './deadline';
import { EventHandling } from './event-handling';
import { FailingEvents } from './failing-events';
import { Housekeeping, RETENTIONS, type Retention } from './housekeeping';
import { MessagingMetrics } from './messaging-metrics';
import { Outbox } from './outbox';
import { QueueMetrics } from './queue-metrics';
import { Relay } from './relay';
import { Replay } from './replay';
import { RemoteControl } from './remote-control';
import { Requester } from './requester';
import { Spool } from './spool';
import { SpoolConsumer } from './spool-consumer';
import type { Subscriptions } from './subscription';
import { ToldEvents } from './told-events';

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
