import { Inject, Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { ConsumerMessages, JsMsg } from 'nats';
import { eventSubject, type Envelope, type Service } from '@headwater/contracts';
import {
  compileValidator, Database, Health, isTemporary, SERVICE_CONFIG, SERVICE_NAME, type ServiceConfig, type Tx, type Validator,
} from '@headwater/platform';
import { Broker } from './broker';
import { bury } from './dead-letters';
import { claimUnseen, newestOfEach } from './inbox';
import type { Subscription, Subscriptions } from './subscription';
import { WakeUp } from './wake-up';

const BATCH = 200;
/** A failure that isn't temporary may still be a race: only the fourth one makes it poison. */
const POISON_AT_DELIVERY = 4;
const IDLE_MS = 60_000;

export const SUBSCRIPTIONS = Symbol('subscriptions');

interface Flow {
  name: string;
  subscription: Subscription;
  validate: Validator<object>;
  buffer: JsMsg[];
  messages?: ConsumerMessages;
}

/**
 * One loop over everything that the service listens to: takes what is there, handles it in one transaction, then
 * acknowledges. It never waits on a timer for more.
 */
@Injectable()
export class Consumer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Consumer.name);
  private readonly wakeUp = new WakeUp();
  private flows: Flow[] = [];
  private consuming = false;
  private stopping = false;
  private running: Promise<void> = Promise.resolve();

  constructor(
    @Inject(SERVICE_NAME) private readonly service: Service,
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
    @Inject(SUBSCRIPTIONS) private readonly subscriptions: (new (...args: never[]) => Subscriptions) | null,
    private readonly modules: ModuleRef,
    private readonly database: Database,
    private readonly broker: Broker,
    health: Health,
  ) {
    health.register('consumers', () => ({ ok: true, state: this.consuming ? 'running' : 'paused', flows: this.flows.map(({ name }) => name) }));
  }

  async onApplicationBootstrap(): Promise<void> {
    if (!this.subscriptions) return;
    this.flows = this.modules.get(this.subscriptions, { strict: false }).list().map((subscription) => ({
      name: `${this.service}_${subscription.event.type.replace('.', '_')}_v${subscription.event.version}`,
      subscription,
      validate: compileValidator(subscription.event.data, { closed: false }),
      buffer: [],
    }));
    if (this.config.CONSUME_ON_START) await this.resume();
    this.running = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.pause();
    this.stopping = true;
    this.wakeUp.now();
    await this.running;
  }

  /** Starts taking events. */
  async resume(): Promise<void> {
    if (this.consuming) return;
    this.consuming = true;
    await Promise.all(this.flows.map(async (flow) => {
      const subject = eventSubject(flow.subscription.event, '*', 'live');
      flow.messages = await this.broker.consume(flow.name, subject, BATCH, (message) => {
        flow.buffer.push(message);
        this.wakeUp.now();
      });
    }));
  }

  /** Takes no more; what was taken and not begun goes back. Requests are still answered. */
  async pause(): Promise<void> {
    if (!this.consuming) return;
    this.consuming = false;
    for (const flow of this.flows) {
      await flow.messages?.close();
      for (const message of flow.buffer.splice(0)) message.nak();
    }
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      const busy = this.flows.filter(({ buffer }) => buffer.length > 0);
      if (busy.length === 0) await this.wakeUp.within(IDLE_MS);
      for (const flow of busy) await this.handle(flow, flow.buffer.splice(0, BATCH));
    }
  }

  /** Applies the batch, or finds the part of it that can't be applied by halving. */
  private async handle(flow: Flow, messages: JsMsg[]): Promise<void> {
    try {
      await this.database.transaction((tx) => this.apply(flow, messages, tx));
      for (const message of messages) message.ack();
    } catch (error) {
      if (isTemporary(error)) return this.later(flow, messages, error as Error);
      if (messages.length === 1) return this.refuse(flow, messages[0], error as Error);
      const half = Math.ceil(messages.length / 2);
      await this.handle(flow, messages.slice(0, half));
      await this.handle(flow, messages.slice(half));
    }
  }

  private async apply({ name, subscription, validate }: Flow, messages: JsMsg[], tx: Tx): Promise<void> {
    const received = messages.map((message) => {
      const envelope = message.json<Envelope<object>>();
      validate(envelope.data);
      return envelope;
    });
    const events = subscription.everyOne ? await claimUnseen(tx, name, received) : newestOfEach(received);
    if (events.length > 0) await subscription.handle(events, tx);
  }

  private later(flow: Flow, messages: JsMsg[], error: Error): void {
    this.logger.warn(`${flow.name}: ${messages.length} events wait: ${error.message}`);
    for (const message of messages) message.nak(delayMs(message));
  }

  private async refuse(flow: Flow, message: JsMsg, error: Error): Promise<void> {
    const deliveries = message.info.redeliveryCount;
    if (deliveries < POISON_AT_DELIVERY) {
      this.logger.warn(`${flow.name}: delivery ${deliveries} of ${message.subject} failed: ${error.message}`);
      message.nak(delayMs(message));
      return;
    }
    try {
      await this.database.transaction((tx) => bury(tx, flow.name, message, error));
      message.term();
      this.logger.error(`${flow.name}: dead letter after ${deliveries} deliveries: ${error.stack}`);
    } catch (buryError) {
      this.later(flow, [message], buryError as Error);
    }
  }
}

/** 250 ms, doubling with each delivery up to 30 s. */
const delayMs = (message: JsMsg): number => Math.min(30_000, 250 * 2 ** Math.min(message.info.redeliveryCount - 1, 7));
