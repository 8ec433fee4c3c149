import { Injectable } from '@nestjs/common';
import type { JsMsg } from 'nats';
import { Metrics, SECONDS, type Counter, type Histogram } from '@headwater/platform';

const SIZES = [1, 2, 5, 10, 20, 50, 100, 200];

type OfSubscription = Counter<'subscription'>;

/** What relay and consumer count as they go: once per batch, never per event. */
@Injectable()
export class MessagingMetrics {
  private readonly publishedEvents: Counter;
  private readonly redelivered: OfSubscription;
  private readonly handledEvents: OfSubscription;
  private readonly postponedEvents: OfSubscription;
  private readonly buriedEvents: OfSubscription;
  private readonly duration: Histogram<'subscription'>;
  private readonly batchSize: Histogram<'subscription'>;

  constructor(metrics: Metrics) {
    const labelNames = ['subscription'] as const;
    this.publishedEvents = metrics.counter({
      name: 'headwater_events_published_total', help: 'Events that JetStream has acknowledged, replayed ones as well',
    });
    this.redelivered = metrics.counter({
      name: 'headwater_events_redelivered_total', help: 'Events that came for the second time or more often', labelNames,
    });
    this.handledEvents = metrics.counter({
      name: 'headwater_events_handled_total',
      help: 'Events whose effects are committed, or were before; not those of tenants whom they do not concern', labelNames,
    });
    this.postponedEvents = metrics.counter({
      name: 'headwater_events_postponed_total', help: 'Events that were given back, to come again', labelNames,
    });
    this.buriedEvents = metrics.counter({
      name: 'headwater_events_buried_total', help: 'Events that were put aside as dead letters', labelNames,
    });
    this.duration = metrics.histogram({
      name: 'headwater_event_batch_duration_seconds', help: 'From the begin of a batch of events to its commit', labelNames, buckets: SECONDS,
    });
    this.batchSize = metrics.histogram({
      name: 'headwater_event_batch_size', help: 'Events that were handled in one transaction', labelNames, buckets: SIZES,
    });
  }

  published(count: number): void {
    this.publishedEvents.inc(count);
  }

  taken(subscription: string, messages: Pick<JsMsg, 'info'>[]): void {
    this.redelivered.inc({ subscription }, messages.filter(({ info }) => info.redeliveryCount > 1).length);
  }

  handled(subscription: string, count: number): void {
    this.handledEvents.inc({ subscription }, count);
  }

  /** @param since of `performance.now()` */
  batch(subscription: string, count: number, since: number): void {
    this.batchSize.observe({ subscription }, count);
    this.duration.observe({ subscription }, (performance.now() - since) / 1_000);
  }

  postponed(subscription: string, count: number): void {
    this.postponedEvents.inc({ subscription }, count);
  }

  buried(subscription: string): void {
    this.buriedEvents.inc({ subscription });
  }
}
