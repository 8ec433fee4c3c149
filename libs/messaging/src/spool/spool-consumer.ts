import { Inject, Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import type { ConsumerMessages, JsMsg } from 'nats';
import { about, Database, faultPoint, isTemporary, SERVICE_CONFIG, SERVICE_NAME, type ServiceConfig, type Tx } from '@headwater/platform';
import { Broker, SPOOL, SPOOL_SUBJECT } from '../broker/broker';
import { Consumer, type Companion } from '../consuming/consumer';
import { bury } from '../failing/dead-letters';
import { scopeOfEvents } from '../failing/event-scope';
import { countTries, countTry, forget, POISON_AT_TRY, SUSPECT_AT_DELIVERY } from '../failing/trouble';
import { WakeUp } from '../pace/wake-up';
import type { Spooled } from './spool';

const BATCH = 64;
const IDLE_MS = 60_000;
const SWEEP_EVERY_MS = 1_000;
const LONGEST_DELAY_MS = 5_000;

/** What became of one message; an error says why it could not be done. `later`: now isn't the time. */
export type Done = 'done' | 'later' | Error;

/** The service's own part of it. */
export interface SpoolHandler<Content> {
  /**
   * Commits what it does before it returns; a repetition of what is done is `done` again.
   * @returns what became of each
   * @throws when it isn't known what was done: all of them come again
   */
  take(contents: Content[]): Promise<Done[]>;
  /** One that was put aside, within the caller's transaction. @throws when it can't be done */
  takeWithin(tx: Tx, content: Content): Promise<void>;
}

/** Takes from the spool what waits there, in batches. It is acknowledged when it is committed, or in the dead letters. */
@Injectable()
export class SpoolConsumer implements Companion, BeforeApplicationShutdown {
  readonly name: string;
  private readonly logger = new Logger(SpoolConsumer.name);
  private readonly wakeUp = new WakeUp();
  private readonly buffer: JsMsg[] = [];
  private handler: SpoolHandler<unknown>;
  private messages: ConsumerMessages | undefined;
  private stopping = false;
  /** Since the broker was there last, what is acknowledged may have come back to its stream. */
  private isSwept = true;
  private running: Promise<void> = Promise.resolve();

  constructor(
    @Inject(SERVICE_NAME) service: string,
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
    private readonly database: Database,
    private readonly broker: Broker,
    private readonly consumer: Consumer,
  ) {
    this.name = `${service}_spool`;
  }

  /** Hands over everything from the spool as soon as the service takes events; call it before the application is up. */
  takeWith<Content>(handler: SpoolHandler<Content>): void {
    this.handler = handler as SpoolHandler<unknown>;
    this.consumer.accompany(this);
    this.running = this.run();
  }

  async resume(): Promise<void> {
    this.messages ??= await this.broker.consume(SPOOL, this.name, `${SPOOL_SUBJECT}.>`, BATCH, (message) => {
      this.buffer.push(message);
      this.wakeUp.now();
    });
    this.isSwept = false;
    this.wakeUp.now();
  }

  /** Takes no more; what was taken and not begun goes back. */
  async pause(): Promise<void> {
    await this.messages?.close();
    this.messages = undefined;
    for (const message of this.buffer.splice(0)) message.nak();
  }

  async handleAgain(tx: Tx, body: string): Promise<void> {
    await this.handler.takeWithin(tx, (JSON.parse(body) as Spooled<unknown>).content);
  }

  /** Whether it was put aside, and waits for a person. */
  async isPutAside({ tenant, id }: { tenant: string; id: string }): Promise<boolean> {
    const letters = await this.database.query(
      'select from dead_letter where subscription = $1 and tenant_id = $2 and event_id = $3 and discarded_at is null', [this.name, tenant, id]);
    return letters.length > 0;
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.pause();
    this.stopping = true;
    this.wakeUp.now();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      if (this.buffer.length > 0) await this.take(this.buffer.splice(0, BATCH));
      else if (this.isSwept) await this.wakeUp.within(IDLE_MS);
      else await this.sweep();
    }
  }

  private async sweep(): Promise<void> {
    try {
      this.isSwept = await this.broker.sweep(SPOOL, this.name);
    } catch (error) {
      this.logger.warn({ err: error }, "The spool can't be swept now");
    }
    if (!this.isSwept) await this.wakeUp.within(SWEEP_EVERY_MS);
  }

  private async take(messages: JsMsg[]): Promise<void> {
    const keepAlive = setInterval(() => {
      for (const message of [...messages, ...this.buffer]) message.working();
    }, this.config.ACK_WAIT_SECONDS * 1_000 / 3);
    try {
      await this.takeBatch(messages);
    } catch (error) {
      // Neither counted nor buried: PostgreSQL is away, which says nothing about the messages.
      this.later(messages, error as Error);
    } finally {
      clearInterval(keepAlive);
    }
  }

  /** What came often may be what kills the process: it is counted, durably, before it is tried again, and then tried alone. */
  private async takeBatch(messages: JsMsg[]): Promise<void> {
    const tries = await countTries(this.database, this.name, messages.filter(({ info }) => info.redeliveryCount >= SUSPECT_AT_DELIVERY));
    const triesOf = (message: JsMsg) => tries.get(message) ?? 0;
    await this.handle(messages.filter((message) => triesOf(message) <= 1), tries);
    for (const message of messages.filter((one) => triesOf(one) > 1)) {
      if (triesOf(message) > POISON_AT_TRY) await this.bury(message, new Error('Each time it was tried the process died'));
      else await this.handle([message], tries);
    }
  }

  private async handle(messages: JsMsg[], tries: Map<JsMsg, number>): Promise<void> {
    if (messages.length === 0) return;
    const results = await this.resultsOf(messages);
    faultPoint('spool.before_ack');
    const postponed = messages.filter((_, i) => results[i] === 'later');
    messages.forEach((message, i) => { if (results[i] === 'done') message.ack(); });
    if (postponed.length > 0) this.later(postponed, new Error('Now is not the time'));
    for (const [i, result] of results.entries()) {
      if (result instanceof Error) await this.failed(messages[i], result, tries.get(messages[i]));
    }
    await forget(this.database, this.name, ...messages.filter((message, i) => tries.has(message) && !(results[i] instanceof Error)));
  }

  /** Of those that fail together, each alone. @throws what is temporary */
  private async resultsOf(messages: JsMsg[]): Promise<Done[]> {
    try {
      return await this.handler.take(messages.map((message) => message.json<Spooled<unknown>>().content));
    } catch (error) {
      if (isTemporary(error)) throw error;
      if (messages.length === 1) return [error as Error];
      const results: Done[] = [];
      for (const message of messages) results.push(...await this.resultsOf([message]));
      return results;
    }
  }

  /** A failure that isn't temporary may still be a race: only the fourth one makes it poison. */
  private async failed(message: JsMsg, error: Error, counted: number | undefined): Promise<void> {
    if (isTemporary(error)) return this.later([message], error);
    const tries = counted ?? await countTry(this.database, this.name, message);
    if (tries >= POISON_AT_TRY) await this.bury(message, error);
    else this.later([message], error);
  }

  /** 250 ms, doubling with each delivery; never long, because somebody was promised that it is done. */
  private later(messages: JsMsg[], error: Error): void {
    about(scopeOfEvents(messages), () => this.logger.warn({ err: error, messages: messages.length }, 'Messages of the spool wait'));
    for (const message of messages) message.nak(Math.min(LONGEST_DELAY_MS, 250 * 2 ** Math.min(message.info.redeliveryCount - 1, 7)));
  }

  private async bury(message: JsMsg, error: Error): Promise<void> {
    await this.database.transaction((tx) => bury(tx, this.name, message, error));
    faultPoint('dead_letter.after_commit');
    message.term();
    about(scopeOfEvents([message]), () => this.logger.error({ err: error, subscription: this.name }, 'A message of the spool became a dead letter'));
    await forget(this.database, this.name, message);
  }
}
