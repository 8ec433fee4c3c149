import { Injectable, Logger } from '@nestjs/common';
import type { JsMsg } from 'nats';
import { about, Database, faultPoint, isTemporary } from '@headwater/platform';
import { MessagingMetrics } from '../counting/messaging-metrics';
import { bury } from './dead-letters';
import { scopeOfEvents } from './event-scope';
import { countTry, forget, POISON_AT_TRY } from './trouble';

/** What becomes of events that can't be handled: they come again, later each time, until what fails or kills by itself is put aside. */
@Injectable()
export class FailingEvents {
  private readonly logger = new Logger(FailingEvents.name);

  constructor(private readonly database: Database, private readonly metrics: MessagingMetrics) {}

  /** Counted, durably, before it is tried: if the process dies of it, the next one knows. @param apply handles the event, alone */
  async retry(subscription: string, message: JsMsg, apply: () => Promise<void>): Promise<void> {
    let tries = 0;
    try {
      tries = await countTry(this.database, subscription, message);
      if (tries > POISON_AT_TRY) return await this.bury(subscription, message, new Error('Each time it was tried the process died'));
      await apply();
      await forget(this.database, subscription, message);
    } catch (error) {
      await this.failedAt(tries, subscription, message, error as Error);
    }
  }

  /** An event was tried alone, and it isn't an outage. */
  async failed(subscription: string, message: JsMsg, error: Error): Promise<void> {
    const tries = await countTry(this.database, subscription, message).catch(() => 0);
    await this.failedAt(tries, subscription, message, error);
  }

  /** They come again after a pause, which is longer each time. */
  later(subscription: string, messages: JsMsg[], error: Error): void {
    about(scopeOfEvents(messages), () => this.logger.warn({ err: error, subscription, events: messages.length }, 'Events wait'));
    this.metrics.postponed(subscription, messages.length);
    for (const message of messages) message.nak(delayMs(message));
  }

  /** An outage says nothing about the event: its try doesn't count. */
  private async failedAt(tries: number, subscription: string, message: JsMsg, error: Error): Promise<void> {
    try {
      if (isTemporary(error)) await forget(this.database, subscription, message);
      else if (tries >= POISON_AT_TRY) return await this.bury(subscription, message, error);
    } catch (outage) {
      this.logger.warn({ err: outage, subscription }, 'A try could not be counted');
    }
    this.later(subscription, [message], error);
  }

  private async bury(subscription: string, message: JsMsg, error: Error): Promise<void> {
    await this.database.transaction((tx) => bury(tx, subscription, message, error));
    faultPoint('dead_letter.after_commit');
    message.term();
    this.metrics.buried(subscription);
    about(scopeOfEvents([message]), () => this.logger.error({ err: error, subscription }, 'An event became a dead letter'));
    await forget(this.database, subscription, message);
  }
}

/** 250 ms, doubling with each delivery up to 30 s. */
const delayMs = (message: JsMsg): number => Math.min(30_000, 250 * 2 ** Math.min(message.info.redeliveryCount - 1, 7));
