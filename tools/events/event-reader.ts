import { setTimeout as delay } from 'node:timers/promises';
import { connect, DeliverPolicy, ErrorCode, Events, type ConsumerMessages, type JsMsg, type NatsConnection, type NatsError } from 'nats';
import { STREAM } from '@headwater/messaging';
import { RunError } from '../instance/run-error';
import type { NatsAddress } from './where-nats-is';

const AGAIN_AFTER_MS = 500;
const ANSWER_WITHIN_MS = 2_000;

export interface Reading {
  filter: string;
  /** see `Options` */
  from: 'now' | 'start' | number;
  /** hears that the server is gone, or back */
  tell: (sentence: string) => void;
  stop: AbortSignal;
}

/**
 * Reads the stream without leaving anything behind: by consumers that the server forgets. When the server was away it goes on
 * after what was read last.
 */
export class EventReader {
  /** sequence in the stream of what is to be read next; undefined as long as a time decides */
  private next: number | undefined;
  private messages: ConsumerMessages | undefined;

  private constructor(private readonly connection: NatsConnection, private readonly reading: Reading) {}

  /** Reads until it is told to stop. @throws RunError in one sentence when nobody is there, refuses, or has no stream */
  static async read(address: NatsAddress, reading: Reading, take: (message: JsMsg) => Promise<void>): Promise<void> {
    const connection = await connectTo(address);
    const reader = new EventReader(connection, reading);
    const end = (): void => void reader.close();
    reading.stop.addEventListener('abort', end, { once: true });
    try {
      void reader.watch();
      await reader.readAll(take);
    } catch (error) {
      if (!reading.stop.aborted) throw error;
    } finally {
      reading.stop.removeEventListener('abort', end);
      await reader.close();
    }
  }

  /** What it reads by first: nats.js would watch over it for ever. */
  private async close(): Promise<void> {
    this.messages?.stop();
    await this.connection.close();
  }

  private async readAll(take: (message: JsMsg) => Promise<void>): Promise<void> {
    const { stop } = this.reading;
    await this.findBeginning();
    while (!stop.aborted) {
      try {
        this.messages = await this.open();
        for await (const message of this.messages) {
          this.next = message.seq + 1;
          await take(message);
          if (stop.aborted) return;
        }
      } catch (error) {
        if (stop.aborted || error instanceof RunError) throw error;
        await delay(AGAIN_AFTER_MS, undefined, { signal: stop }); // the server is away, or not ready yet
      }
    }
  }

  private async findBeginning(): Promise<void> {
    try {
      const { state: { last_seq } } = await this.stream();
      if (this.reading.from === 'now') this.next = last_seq + 1;
      if (this.reading.from === 'start') this.next = 1;
    } catch (error) {
      const { api_error, code, message } = error as NatsError;
      const where = `${STREAM} at ${this.connection.getServer()}`;
      throw new RunError(api_error?.code === 404 ? `There is no stream ${where}: Headwater has never run with it`
        : `The stream ${where} can't be read: ${message || code}`, { cause: error });
    }
  }

  private async open(): Promise<ConsumerMessages> {
    const { filter, from } = this.reading;
    const { state: { last_seq } } = await this.stream();
    if (this.next !== undefined && this.next > last_seq + 1) {
      this.reading.tell(`The stream ${STREAM} was lost, and is being filled again: its events come once more`);
      this.next = 1;
    }
    const since = new Date(Date.now() - (typeof from === 'number' ? from : 0)).toISOString();
    const consumer = await this.connection.jetstream().consumers.get(STREAM, {
      filterSubjects: filter,
      ...(this.next === undefined
        ? { deliver_policy: DeliverPolicy.StartTime, opt_start_time: since }
        : { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: this.next }),
    });
    return consumer.consume();
  }

  private async stream() {
    return (await this.connection.jetstreamManager({ checkAPI: false, timeout: ANSWER_WITHIN_MS })).streams.info(STREAM);
  }

  private async watch(): Promise<void> {
    for await (const { type } of this.connection.status()) {
      if (type === Events.Disconnect) this.reading.tell('NATS is gone; waiting until it is back');
      if (type !== Events.Reconnect) continue;
      this.reading.tell('NATS is back');
      this.messages?.stop(); // what it was read by may be forgotten
    }
  }
}

async function connectTo(address: NatsAddress): Promise<NatsConnection> {
  try {
    return await connect({ ...address, name: 'events:tail', maxReconnectAttempts: -1, reconnectTimeWait: AGAIN_AFTER_MS });
  } catch (error) {
    const { code, message } = error as NatsError;
    const where = address.servers.join(', ');
    throw new RunError(code === ErrorCode.AuthorizationViolation
      ? `NATS at ${where} refuses the user or the password: see NATS_USER and NATS_PASSWORD`
      : `NATS at ${where} can't be reached (${code ?? message}): is Headwater running?`, { cause: error });
  }
}
