import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import {
  connect, headers, nanos, AckPolicy, RetentionPolicy, StorageType,
  type ConsumerMessages, type JetStreamClient, type JetStreamManager, type JsMsg, type NatsConnection,
} from 'nats';
import { Health, SERVICE_CONFIG, SERVICE_NAME, type ServiceConfig } from '@headwater/platform';

export const STREAM = 'CRM';
const DAY_MS = 24 * 60 * 60 * 1_000;
const RETENTION_DAYS = 30;
const DUPLICATE_WINDOW_MS = 2 * 60 * 1_000;
/** Longer than the slowest batch, else its events are delivered again while they are being handled. */
const ACK_WAIT_MS = 60_000;
const MAX_ACK_PENDING = 2_000;

/** This process's connection to NATS, and what we ask of JetStream. Nothing else in the code base knows the client. */
@Injectable()
export class Broker implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(Broker.name);
  private connection: NatsConnection;
  private jetstream: JetStreamClient;
  private manager: JetStreamManager;

  constructor(
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
    @Inject(SERVICE_NAME) private readonly service: string,
    health: Health,
  ) {
    health.register('nats', async () => ({ ok: this.connected, rtt_ms: this.connected ? await this.connection.rtt() : null }));
  }

  /** False between a lost connection and the next. */
  connected = false;

  async onModuleInit(): Promise<void> {
    this.connection = await connect({
      servers: this.config.NATS_URL,
      name: `headwater-${this.service}`,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 500,
      waitOnFirstConnect: true,
    });
    this.connected = true;
    void this.watch();
    this.jetstream = this.connection.jetstream();
    this.manager = await this.connection.jetstreamManager();
    await this.ensureStream();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.connection?.drain();
  }

  /** Resolves when JetStream has stored it; the id makes a repetition within two minutes one message. */
  async publish(subject: string, body: string, id: string): Promise<void> {
    const head = headers();
    head.set('Content-Type', 'application/cloudevents+json');
    await this.jetstream.publish(subject, body, { msgID: id, headers: head, timeout: 5_000 });
  }

  /** Creates the durable consumer if it isn't there, and hands over its messages as they come. */
  async consume(durable: string, subject: string, buffer: number, take: (message: JsMsg) => void): Promise<ConsumerMessages> {
    await this.manager.consumers.add(STREAM, {
      durable_name: durable,
      filter_subject: subject,
      ack_policy: AckPolicy.Explicit,
      ack_wait: nanos(ACK_WAIT_MS),
      max_deliver: -1, // we decide what is poison; JetStream would move on silently
      max_ack_pending: MAX_ACK_PENDING,
    });
    const consumer = await this.jetstream.consumers.get(STREAM, durable);
    return consumer.consume({ max_messages: buffer, callback: take });
  }

  /** Messages of core NATS, without durability: for what is refreshed by other means as well. */
  listen(subject: string, hear: (body: string) => Promise<string | void> | void): void {
    this.connection.subscribe(subject, {
      callback: (error, message) => {
        if (error) return this.logger.error(`${subject}: ${error.message}`);
        Promise.resolve(hear(message.string())).then(
          (answer) => answer !== undefined && message.respond(answer),
          (failure: Error) => this.logger.error(`${subject}: ${failure.stack}`),
        );
      },
    });
  }

  private async ensureStream(): Promise<void> {
    const exists = await this.manager.streams.info(STREAM).then(() => true, (error: { api_error?: { code: number } }) => {
      if (error.api_error?.code === 404) return false;
      throw error;
    });
    if (exists) return; // what the platform team set is never lowered by a start
    await this.manager.streams.add({
      name: STREAM,
      subjects: ['crm.>'],
      retention: RetentionPolicy.Limits,
      storage: StorageType.File,
      max_age: nanos(RETENTION_DAYS * DAY_MS),
      duplicate_window: nanos(DUPLICATE_WINDOW_MS),
      num_replicas: this.config.STREAM_REPLICAS,
    }).catch((error: { api_error?: { err_code: number } }) => {
      const ALREADY_THERE = 10058; // another service was quicker, with limits of its own
      if (error.api_error?.err_code !== ALREADY_THERE) throw error;
    });
  }

  private async watch(): Promise<void> {
    for await (const status of this.connection.status()) {
      if (status.type === 'disconnect' || status.type === 'reconnect') {
        this.connected = status.type === 'reconnect';
        this.logger.warn(`NATS: ${status.type}`);
      }
    }
  }
}
