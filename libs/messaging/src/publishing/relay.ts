import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Lane } from '@headwater/contracts';
import { Database, Health, Tracing } from '@headwater/platform';
import { Broker } from '../broker/broker';
import { MessagingMetrics } from '../counting/messaging-metrics';
import { outboxDepth } from '../counting/outbox-depth';
import { Replay } from '../recovery/replay';
import { RelayLane, type Pending } from './relay-lane';

/** Publishes what the outbox holds. Each lane by itself: what is live doesn't wait for what is bulk to be published and settled. */
@Injectable()
export class Relay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly lanes: Record<Lane, RelayLane>;
  /** what is published when something else is over */
  private readonly awaited = new Set<Promise<void>>();

  constructor(
    private readonly database: Database, private readonly broker: Broker, private readonly replay: Replay, metrics: MessagingMetrics, tracing: Tracing,
    health: Health,
  ) {
    const means = { database, broker, metrics, tracing };
    this.lanes = {
      live: new RelayLane('live', means, () => this.replay.feed()),
      bulk: new RelayLane('bulk', means, () => Promise.resolve(0)),
    };
    health.register('outbox', async () => {
      const { pending, oldest } = await outboxDepth(this.database);
      return { ok: true, pending, oldest_seconds: oldest };
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.replay.requireOurs();
    this.broker.onReturn(() => {
      for (const lane of Object.values(this.lanes)) lane.forget();
      return this.replay.begin();
    });
    await this.replay.begin();
    for (const lane of Object.values(this.lanes)) lane.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.awaited);
    await Promise.all(Object.values(this.lanes).map((lane) => lane.stop()));
  }

  /** Whether so many events more may be handed to `publish`, and are to be written as claimed. */
  hasRoomFor(count: number, lane: Lane): boolean {
    return this.lanes[lane].hasRoomFor(count);
  }

  /** Publishes what was just committed, as soon as it can. */
  publish(committed: Pending[], lane: Lane): void {
    this.lanes[lane].publish(committed);
  }

  /** Publishes, or wakes, when this is over, however it ends: before a stop, too. */
  inTheEnd(before: Promise<unknown>, publish: () => void): void {
    const published = before.then(publish, publish).finally(() => this.awaited.delete(published));
    this.awaited.add(published);
  }

  /** There is something new in the table: don't wait for the poll. */
  wake(lane: Lane = 'live'): void {
    this.lanes[lane].wake();
  }

  /** For so long, bulk goes out no faster than this: those who hear of it would take the time from what makes it. */
  slowBulk(pace: { forMs: number; perSecond: number }): void {
    this.lanes.bulk.slowDown(pace);
  }
}
