import type { NatsConnection, Subscription } from 'nats';
import { eventSubject, LeadRouted, type Envelope } from '@headwater/contracts';
import { TENANT } from '../bench';

/** The wall clock in milliseconds and their fractions, the same in every process of a machine. */
export const wallClock = (): number => performance.timeOrigin + performance.now();

/** Notes when the event passes that a lead was routed: what a service sees that waits for it. */
export class RoutedWatch {
  /** by the id of the lead */
  readonly times = new Map<number, number>();
  /** when the latest came */
  last = 0;

  private constructor(private readonly subscription: Subscription) {}

  /** Answers when nothing is missed any more. */
  static async begin(connection: NatsConnection): Promise<RoutedWatch> {
    const subscription = connection.subscribe(eventSubject(LeadRouted, TENANT, 'live'), {
      callback: (_, message) => watch.note(message.json<Envelope>()),
    });
    const watch = new RoutedWatch(subscription);
    await connection.flush();
    return watch;
  }

  end(): void {
    this.subscription.unsubscribe();
  }

  private note({ leadid }: Envelope): void {
    if (leadid === undefined || this.times.has(leadid)) return;
    this.last = wallClock();
    this.times.set(leadid, this.last);
  }
}
