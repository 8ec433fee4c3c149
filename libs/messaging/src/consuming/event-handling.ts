import { Injectable } from '@nestjs/common';
import type { JsMsg } from 'nats';
import type { Envelope } from '@headwater/contracts';
import { Database, faultPoint, isTemporary, Tracing, type Span, type Tx } from '@headwater/platform';
import { MessagingMetrics } from '../counting/messaging-metrics';
import { FailingEvents } from '../failing/failing-events';
import { followInLane } from '../publishing/lane';
import type { Flow } from './flow';
import { freshOf } from './inbox';
import { heardIn, isSuspect, withMessages, type Heard, type Part } from './parts';
import { processingSpan } from './processing-span';

/** Handles what a service has taken: in one transaction, once, acknowledged after the commit; what fails by itself is parted from the others. */
@Injectable()
export class EventHandling {
  constructor(
    private readonly database: Database, private readonly failing: FailingEvents, private readonly metrics: MessagingMetrics, private readonly tracing: Tracing,
  ) {}

  /** @param parts of flows of one lane that are handled alike */
  async handle(parts: Part[]): Promise<void> {
    const others = withMessages(parts, ({ messages }) => messages.filter((message) => !isSuspect(message)));
    if (others.length > 0) await this.tryTogether(others);
    for (const { flow, messages } of parts) {
      for (const suspect of messages.filter(isSuspect)) {
        await this.failing.retry(flow.name, suspect, () => this.apply([{ flow, messages: [suspect] }]));
      }
    }
  }

  /** Applies what is handled together, or finds what of it can't be applied: by flows, then by halving. */
  private async tryTogether(parts: Part[]): Promise<void> {
    try {
      await this.apply(parts);
    } catch (error) {
      if (isTemporary(error)) {
        for (const { flow, messages } of parts) this.failing.later(flow.name, messages, error as Error);
        return;
      }
      const [{ flow, messages }] = parts;
      if (parts.length === 1 && messages.length === 1) return this.failing.failed(flow.name, messages[0], error as Error);
      const half = Math.ceil(messages.length / 2);
      const smaller = parts.length > 1 ? parts : [{ flow, messages: messages.slice(0, half) }, { flow, messages: messages.slice(half) }];
      for (const part of smaller) await this.tryTogether([part]);
    }
  }

  private async apply(parts: Part[]): Promise<void> {
    const since = performance.now();
    const spans: Span[] = [];
    try {
      const heard = heardIn(parts);
      if (heard.length > 0) {
        await this.database.transaction(async (tx) => {
          await this.applyWithin(tx, heard, spans);
          faultPoint('consumer.before_commit');
        });
      }
    } catch (error) {
      // What is tried again in parts at once has not happened yet.
      if ((parts.length === 1 && parts[0].messages.length === 1) || isTemporary(error)) for (const span of spans) span.end(error);
      throw error;
    }
    faultPoint('consumer.after_commit');
    for (const span of spans) span.end();
    for (const { flow, messages } of parts) {
      this.metrics.batch(flow.name, messages.length, since);
      this.acknowledge(flow, messages);
    }
  }

  acknowledge({ name }: Flow, messages: JsMsg[]): void {
    this.metrics.handled(name, messages.length);
    for (const message of messages) message.ack();
  }

  /**
   * @param heard by flows of one lane that are handled alike
   * @param spans gets one for each event that is handled and whose trace is recorded, to be ended by the caller
   */
  async applyWithin(tx: Tx, heard: Heard[], spans: Span[] = []): Promise<void> {
    if (heard.length === 0) return;
    const [{ flow: { lane, subscription } }] = heard;
    followInLane(tx, lane);
    const fresh = await freshOf(tx, heard);
    const count = fresh.reduce((sum, { events }) => sum + events.length, 0);
    if (count === 0) return;
    await subscription.handle(fresh.flatMap(({ flow: { name }, events }) => events.map((event) => this.inSpan(name, event, count, spans))), tx);
  }

  /** What follows from the event follows from its being handled here. */
  private inSpan<Data>(subscription: string, event: Envelope<Data>, batch: number, spans: Span[]): Envelope<Data> {
    const span = processingSpan(this.tracing, subscription, event, batch);
    if (!span) return event;
    spans.push(span);
    return { ...event, traceparent: span.traceparent };
  }
}
