import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import {
  headers, nanos, AckPolicy, RetentionPolicy, StorageType,
  type ConsumerMessages, type JetStreamClient, type JetStreamManager, type JsMsg, type NatsConnection,
} from 'nats';
import { SERVICES, type Service } from '@headwater/contracts';
import { connectNats, Health, inboxPrefix, SERVICE_CONFIG, SERVICE_NAME, type ServiceConfig } from '@headwater/platform';
import { Publications } from './publications';

export const STREAM = 'CRM';
/** Submissions that intake could not take in when they came, each under a subject of its own. */
export const SPOOL = 'INTAKE';
export const SPOOL_SUBJECT = 'intake.spool';
/** What a message was published under: JetStream takes it once. */
export const ID_HEADER = 'Nats-Msg-Id';
const DAY_MS = 24 * 60 * 60 * 1_000;
/** For how long the stream CRM holds an event. */
export const RETENTION_DAYS = 30;
const DUPLICATE_WINDOW_MS = 2 * 60 * 1_000;
const MAX_ACK_PENDING = 2_000;
const LOOK_AFTER_MS = 10_000;

interface StreamDefinition {
  name: string;
  subjects: string[];
  retention: RetentionPolicy;
  max_age?: number;
  /** who makes it when it isn't there, and may: any of them can be the first, also after the broker lost its store */
  users: readonly Service[];
}

/** What a durable has still to bring, and what it has brought without hearing that it is done. */
export interface Lag {
  durable: string;
  pending: number;
  unacknowledged: number;
}

export const STREAMS: readonly StreamDefinition[] = [
  { name: STREAM, subjects: ['crm.>'], retention: RetentionPolicy.Limits, max_age: nanos(RETENTION_DAYS * DAY_MS), users: SERVICES },
  { name: SPOOL, subjects: [`${SPOOL_SUBJECT}.>`], retention: RetentionPolicy.Workqueue, users: ['gateway', 'intake'] },
];

/** This process's connection to NATS, and what we ask of JetStream. Nothing else in the code base knows the client. */
@Injectable()
export class Broker implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(Broker.name);
  private connection: NatsConnection;
  private jetstream: JetStreamClient;
  private publications: Publications;
  private manager: JetStreamManager;
  private readonly listeners: (() => Promise<void>)[] = [];
  private lookAfter: NodeJS.Timeout;
  private returnedIncompletely = false;
  private readonly ended = new AbortController();

  constructor(
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
    @Inject(SERVICE_NAME) private readonly service: Service,
    health: Health,
  ) {
    health.register('nats', async () => ({ ok: this.connected, rtt_ms: this.connected ? await this.connection.rtt() : null }));
  }

  /** False between a lost connection and the next. */
  connected = false;

  async onModuleInit(): Promise<void> {
    this.connection = await connectNats(this.config, this.service, { signal: this.ended.signal });
    this.connected = true;
    void this.watch();
    this.jetstream = this.connection.jetstream();
    this.publications = new Publications(this.connection, inboxPrefix(this.service));
    this.manager = await this.connection.jetstreamManager();
    await this.ensureStreams();
    this.lookAfter = setInterval(() => {
      this.lookAfterStreams().catch((err: unknown) => this.logger.warn({ err }, "The streams can't be looked at"));
    }, LOOK_AFTER_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    this.ended.abort();
    clearInterval(this.lookAfter);
    await this.connection?.drain();
    await this.connection?.close(); // a drain while NATS is away gives up, and would leave it trying to come back for ever
  }

  /**
   * Resolves when JetStream has stored it; the id makes a repetition within two minutes one message.
   * @returns its sequence in the stream
   */
  publish(
    subject: string, body: string, id: string, { contentType = 'application/cloudevents+json', timeoutMs = 5_000 } = {},
  ): Promise<number> {
    const head = headers();
    head.set('Content-Type', contentType);
    head.set(ID_HEADER, id);
    return this.publications.publish(subject, body, { headers: head, timeoutMs });
  }

  /** Whether a stream holds a message of exactly this subject; what it says is not read. */
  async holds(stream: string, subject: string): Promise<boolean> {
    const { state: { subjects } } = await this.manager.streams.info(stream, { subjects_filter: subject });
    return subjects?.[subject] !== undefined;
  }

  /** Whether a stream holds messages of a subject, which may have wildcards. */
  async holdsAny(stream: string, subject: string): Promise<boolean> {
    const { state } = await this.manager.streams.info(stream, { subjects_filter: subject });
    return Object.keys(state.subjects ?? {}).length > 0;
  }

  /** When the stream CRM was created, and how far it has come: another or a shorter one means that events were lost. */
  async streamState(): Promise<{ created: string; last_seq: number }> {
    const { created, state } = await this.manager.streams.info(STREAM);
    return { created: String(created), last_seq: state.last_seq };
  }

  /** Of those of our durables that are there: one that was never consumed isn't. */
  async lags(stream: string, durables: string[]): Promise<Lag[]> {
    if (durables.length === 0) return [];
    if (!this.connected) throw new Error('NATS is not there at the moment');
    const lags = await Promise.all(durables.map(async (durable): Promise<Lag[]> => {
      const info = await this.manager.consumers.info(stream, durable).catch(notFoundIsFalse);
      return info ? [{ durable, pending: info.num_pending, unacknowledged: info.num_ack_pending }] : [];
    }));
    return lags.flat();
  }

  /** Calls back when NATS is there again or a stream had to be made again: consumers and events may be gone then. */
  onReturn(listener: () => Promise<void>): void {
    this.listeners.push(listener);
  }

  /** Creates the durable consumer if it isn't there, and hands over its messages as they come. */
  async consume(
    stream: string, durable: string, subject: string, buffer: number, take: (message: JsMsg) => void,
  ): Promise<ConsumerMessages> {
    await this.manager.consumers.add(stream, {
      durable_name: durable,
      filter_subject: subject,
      ack_policy: AckPolicy.Explicit,
      ack_wait: nanos(this.config.ACK_WAIT_SECONDS * 1_000),
      max_deliver: -1, // we decide what is poison; JetStream would move on silently
      max_ack_pending: MAX_ACK_PENDING,
    });
    const consumer = await this.jetstream.consumers.get(stream, durable);
    return consumer.consume({ max_messages: buffer, callback: take });
  }

  /**
   * Removes from a work queue everything up to the first message that its one consumer hasn't acknowledged. A server that is
   * killed forgets removals, not acknowledgements: what it forgot would stay for ever, and nobody would get it.
   * @returns whether nothing waits any more, so that nothing can be left to remove
   */
  async sweep(stream: string, durable: string): Promise<boolean> {
    const { ack_floor, num_pending, num_ack_pending } = await this.manager.consumers.info(stream, durable);
    if (ack_floor.stream_seq > 0) await this.manager.streams.purge(stream, { seq: ack_floor.stream_seq + 1 });
    return num_pending + num_ack_pending === 0;
  }

  /** The server has heard everything said so far: what was unsubscribed gets nothing any more. */
  async flush(): Promise<void> {
    // A connection that breaks meanwhile takes its subscriptions along.
    if (this.connected) await this.connection.flush().catch(() => undefined);
  }

  /** Messages of core NATS, without durability: for what is refreshed by other means as well. */
  listen(subject: string, hear: (body: string) => Promise<string | void> | void): void {
    this.connection.subscribe(subject, {
      callback: (error, message) => {
        if (error) return this.logger.error({ err: error, subject }, 'A subject could not be listened to');
        Promise.resolve(hear(message.string())).then(
          (answer) => answer !== undefined && message.respond(answer),
          (err: unknown) => this.logger.error({ err, subject }, 'What was heard could not be done'),
        );
      },
    });
  }

  private async watch(): Promise<void> {
    for await (const status of this.connection.status()) {
      if (status.type !== 'disconnect' && status.type !== 'reconnect') continue;
      this.connected = status.type === 'reconnect';
      this.logger.warn(`NATS: ${status.type}`);
      if (this.connected) await this.returned();
    }
  }

  /** A stream can also be deleted while the connection stands. */
  private async lookAfterStreams(): Promise<void> {
    if (this.connected && await this.ensureStreams()) await this.tellListeners();
  }

  private async returned(): Promise<void> {
    try {
      await this.ensureStreams();
      await this.tellListeners();
    } catch (error) {
      // The next look, or the next reconnect, finds it again.
      this.logger.warn({ err: error }, 'NATS is back, but not ready');
      this.returnedIncompletely = true;
    }
  }

  private async tellListeners(): Promise<void> {
    for (const listener of this.listeners) await listener();
    this.returnedIncompletely = false;
  }

  /** @returns whether a stream had to be made */
  private async ensureStreams(): Promise<boolean> {
    let made = this.returnedIncompletely;
    for (const stream of STREAMS.filter(({ users }) => users.includes(this.service))) made = await this.ensureStream(stream) || made;
    return made;
  }

  /** What the platform team set for a stream that is there is never touched. */
  private async ensureStream({ users: _, ...stream }: StreamDefinition): Promise<boolean> {
    const there = await this.manager.streams.info(stream.name).then(() => true, notFoundIsFalse);
    if (there) return false;
    await this.manager.streams.add({
      ...stream, storage: StorageType.File, duplicate_window: nanos(DUPLICATE_WINDOW_MS), num_replicas: this.config.STREAM_REPLICAS,
    }).catch((error: { api_error?: { err_code: number } }) => {
      const ALREADY_THERE = 10058; // another service was quicker, with limits of its own
      if (error.api_error?.err_code !== ALREADY_THERE) throw error;
    });
    return true;
  }
}

function notFoundIsFalse(error: { api_error?: { code: number } }): false {
  if (error.api_error?.code === 404) return false;
  throw error;
}
