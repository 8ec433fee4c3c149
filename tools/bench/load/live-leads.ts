import { setTimeout as delay } from 'node:timers/promises';
import { until } from '../../instance/until';
import type { Bench } from '../bench';
import { percentile } from '../figures/statistics';
import { RoutedWatch, wallClock } from '../watching/routed-watch';

const ROUTED_WITHIN_MS = 60_000;
const USUALLY_EVERY_MS = 100;

/** Of leads that were posted: from before the request to the event that they were routed. */
export interface LiveNumbers { leads: number; p50_ms: number; p99_ms: number }

/** Leads that are posted while something else goes on, one every so often. */
export class LiveLeads {
  private readonly sent: { lead: number; at: number }[] = [];
  private readonly ended = new AbortController();
  private sending: Promise<void> = Promise.resolve();

  private constructor(private readonly bench: Bench, private readonly everyMs: number, private readonly watch: RoutedWatch) {}

  static async begin(bench: Bench, everyMs = USUALLY_EVERY_MS): Promise<LiveLeads> {
    const live = new LiveLeads(bench, everyMs, await RoutedWatch.begin(bench.system.connection));
    live.sending = live.send();
    return live;
  }

  /** Sends no more, and waits until all that were sent have their owner. */
  async end(): Promise<void> {
    this.ended.abort();
    await this.sending;
    const { signal } = this.bench.system;
    await until(() => this.sent.every(({ lead }) => this.watch.times.has(lead)),
      { signal, withinMs: ROUTED_WITHIN_MS, what: 'live leads to be routed', lookEveryMs: 50 });
    this.watch.end();
  }

  numbers(): LiveNumbers {
    const times = this.sent.map(({ lead, at }) => this.watch.times.get(lead)! - at);
    return { leads: times.length, p50_ms: percentile(times, 50), p99_ms: percentile(times, 99) };
  }

  private async send(): Promise<void> {
    const { gateway, people } = this.bench;
    while (!this.ended.signal.aborted) {
      const at = wallClock();
      const response = await fetch(gateway.url, {
        method: 'POST', body: people.take(), headers: { authorization: `Bearer ${gateway.token}`, 'content-type': 'application/json' },
      });
      const { data } = await response.json() as { data: { id: number } };
      this.sent.push({ lead: data.id, at });
      await delay(Math.max(0, at + this.everyMs - wallClock()), undefined, { signal: this.ended.signal }).catch(() => undefined);
    }
  }
}
