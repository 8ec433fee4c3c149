import { Injectable } from '@nestjs/common';
import { eventSubject } from '@headwater/contracts';
import { Database, Health, Metrics, type Sample } from '@headwater/platform';
import { Broker, SPOOL, STREAM, type Lag } from '../broker/broker';
import { Consumer } from '../consuming/consumer';
import { outboxDepth } from '../counting/outbox-depth';

/**
 * What waits, and for how long: asked at each scrape of where it waits. It is the service's, so replicas say the same of it;
 * take the largest of them, not the sum.
 */
@Injectable()
export class QueueMetrics {
  constructor(
    metrics: Metrics, private readonly database: Database, private readonly broker: Broker, private readonly consumer: Consumer,
    health: Health,
  ) {
    // Always ok: a backlog is no fault of whoever works on it.
    health.register('lag', async () => ({ ok: true, subscriptions: await this.waiting() }));
    metrics.readAtScrape('outbox', {
      headwater_outbox_pending: { help: 'Events that are committed and not published yet' },
      headwater_outbox_oldest_seconds: { help: 'Age of the oldest live one of them; 0 when there is none' },
    }, () => this.outbox());
    metrics.readAtScrape('replay', {
      headwater_replay_remaining: { help: 'Places in the outbox that a replay into a lost stream has still to go through' },
    }, () => this.replay());
    metrics.readAtScrape('dead_letters', {
      headwater_dead_letters: { help: 'Events that were put aside and wait for a person', labelNames: ['subscription'] },
    }, () => this.deadLetters());
    metrics.readAtScrape('consumers', {
      headwater_consumer_pending: { help: 'Events that a subscription has still to be given', labelNames: ['subscription'] },
      headwater_consumer_unacknowledged: { help: 'Events that it was given and has not finished with', labelNames: ['subscription'] },
    }, () => this.lag());
    metrics.readAtScrape('newer_events', {
      headwater_newer_events: {
        help: 'Whether the stream holds an event in a newer version than this build takes: it waits for the next one', labelNames: ['subscription'],
      },
    }, () => this.newerEvents());
    metrics.readAtScrape('spool', {
      headwater_spool_depth: { help: 'Submissions on the stream INTAKE that are not taken in yet' },
    }, () => this.spool());
  }

  private async outbox() {
    const { pending, oldest } = await outboxDepth(this.database);
    return { headwater_outbox_pending: pending, headwater_outbox_oldest_seconds: oldest };
  }

  private async replay() {
    const [plan] = await this.database.query<{ remaining: number }>(`
      select greatest(replay_until - replay_after, 0) as remaining
      from broker_memory where stream = $1 and replay_until is not null`, [STREAM]);
    return { headwater_replay_remaining: plan?.remaining ?? 0 };
  }

  /** 0 where nothing waits, so that an alarm sees the first one as a change. */
  private async deadLetters() {
    const { events, companions } = this.consumer.subscriptionNames;
    const waiting = await this.database.query<{ subscription: string; letters: number }>(
      'select subscription, count(*) as letters from dead_letter where discarded_at is null group by subscription');
    const letters = new Map([...events, ...companions].map((subscription) => [subscription, 0]));
    for (const { subscription, letters: count } of waiting) letters.set(subscription, count);
    return { headwater_dead_letters: [...letters].map(([subscription, value]): Sample => ({ labels: { subscription }, value })) };
  }

  private async lag() {
    const { events } = this.consumer.subscriptionNames;
    const lags = await this.broker.lags(STREAM, events);
    const samples = (value: (lag: Lag) => number) => lags.map((lag): Sample => ({ labels: { subscription: lag.durable }, value: value(lag) }));
    return {
      headwater_consumer_pending: samples(({ pending }) => pending),
      headwater_consumer_unacknowledged: samples(({ unacknowledged }) => unacknowledged),
    };
  }

  /** How many messages each subscription has still to finish with. */
  private async waiting(): Promise<Record<string, number>> {
    const { events, companions } = this.consumer.subscriptionNames;
    const lags = [...await this.broker.lags(STREAM, events), ...await this.broker.lags(SPOOL, companions)];
    return Object.fromEntries(lags.map(({ durable, pending, unacknowledged }) => [durable, pending + unacknowledged]));
  }

  /** A version has a subject of its own, so an older build is never given it, and can't fail of it. */
  private async newerEvents() {
    const { heard } = this.consumer;
    const isHeard = (type: string, version: number) => heard.some(({ event }) => event.type === type && event.version === version);
    return {
      headwater_newer_events: await Promise.all(heard.map(async ({ name, event: { type, version } }): Promise<Sample> => {
        const next = { type, version: version + 1 };
        const waits = !isHeard(type, next.version) && await this.broker.holdsAny(STREAM, eventSubject(next, '*', 'live'));
        return { labels: { subscription: name }, value: waits ? 1 : 0 };
      })),
    };
  }

  /** Nothing, where the spool isn't taken from. */
  private async spool() {
    const { companions } = this.consumer.subscriptionNames;
    const [lag] = await this.broker.lags(SPOOL, companions);
    return { headwater_spool_depth: lag ? lag.pending + lag.unacknowledged : [] };
  }
}
