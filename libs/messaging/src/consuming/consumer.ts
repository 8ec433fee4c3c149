import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { JsMsg } from 'nats';
import { tenantOfSubject, type EventDefinition, type Service } from '@headwater/contracts';
import { Health, SERVICE_CONFIG, SERVICE_NAME, type ServiceConfig, type Tx } from '@headwater/platform';
import { Broker, ID_HEADER, STREAM } from '../broker/broker';
import { MessagingMetrics } from '../counting/messaging-metrics';
import { Courtesy } from '../pace/courtesy';
import { Gathering } from '../pace/gathering';
import { WakeUp } from '../pace/wake-up';
import { Replay } from '../recovery/replay';
import { EventHandling } from './event-handling';
import { BATCH, flowsOf, type Flow } from './flow';
import { handledAlike, heardIn, meanOf, withMessages, type Part } from './parts';
import type { Subscriptions } from './subscription';
import { ToldEvents } from './told-events';

const IDLE_MS = 60_000;

export const SUBSCRIPTIONS = Symbol('subscriptions');

/** Another loop of the service that takes messages: it is paused and resumed with the events. */
export interface Companion {
  /** under which it buries what it can't handle */
  name: string;
  resume(): Promise<void>;
  pause(): Promise<void>;
  /** handles what it buried, within the caller's transaction */
  handleAgain(tx: Tx, body: string): Promise<void>;
}

/**
 * One loop over everything that the service listens to: takes what is there, handles it in one transaction for each handler, then
 * acknowledges. After a few it rests for a moment, so that more go together where they come quickly. The bulk lane is taken only when the
 * live one is empty; while live events keep coming, in small portions, with a rest as long after each (a tenth of a second at most).
 */
@Injectable()
export class Consumer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly wakeUp = new WakeUp();
  private flows: Flow[] = [];
  private readonly companions: Companion[] = [];
  private consuming = false;
  /** pauses and resumptions, so far */
  private changing: Promise<void> = Promise.resolve();
  private handlingLive = false;
  private readonly courtesy = new Courtesy();
  private readonly gathering = new Gathering();
  private stopping = false;
  /** for what a request is about to do */
  private readonly waiting = new Set<Promise<void>>();
  /** those that are handled, or wait for a request */
  private readonly inHand = new Set<JsMsg>();
  private keepAlive: NodeJS.Timeout | undefined;
  private lastBulk = -1;
  private running: Promise<void> = Promise.resolve();

  constructor(
    @Inject(SERVICE_NAME) private readonly service: Service,
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
    @Inject(SUBSCRIPTIONS) private readonly subscriptions: (new (...args: never[]) => Subscriptions) | null,
    private readonly modules: ModuleRef,
    private readonly broker: Broker,
    private readonly replay: Replay,
    private readonly told: ToldEvents,
    private readonly handling: EventHandling,
    private readonly metrics: MessagingMetrics,
    health: Health,
  ) {
    health.register('consumers', () => ({ ok: true, state: this.consuming ? 'running' : 'paused', flows: this.flows.map(({ name }) => name) }));
  }

  async onApplicationBootstrap(): Promise<void> {
    if (!this.subscriptions) return;
    this.flows = flowsOf(this.service, this.modules.get(this.subscriptions, { strict: false }).list());
    await this.replay.requireOurs();
    if (this.config.CONSUME_ON_START) await this.resume();
    // A broker that lost its store has lost the durables too; one that only restarted gets its messages asked for again.
    this.broker.onReturn(() => this.inTurn(async () => {
      if (!this.consuming || this.stopping) return;
      await this.endTaking();
      await this.beginTaking();
    }));
    this.keepAlive = setInterval(() => this.sayThatTheyAreAlive(), this.config.ACK_WAIT_SECONDS * 1_000 / 3);
    this.running = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true; // first: resumptions that wait for their turn begin nothing any more
    await this.pause();
    this.wakeUp.now();
    await Promise.all([this.running, ...this.waiting]);
    clearInterval(this.keepAlive);
  }

  /** Under which events, and the messages of its companions, are counted and put aside. */
  get subscriptionNames(): { events: string[]; companions: string[] } {
    return { events: this.flows.map(({ name }) => name), companions: this.companions.map(({ name }) => name) };
  }

  /** Something live is handled, or waits for it: whoever has work that can wait lets it go first. */
  get isBusyLive(): boolean {
    return this.handlingLive || this.flows.some(({ lane, buffer }) => lane === 'live' && buffer.length > 0);
  }

  /** Something live came a moment ago, and more of it will: what can wait goes in small portions. */
  get expectsLive(): boolean {
    return this.courtesy.expectsLive;
  }

  /** Somebody waits for what a request does now: what can wait makes room, as for a live event. */
  sawLive(): void {
    this.courtesy.sawLive();
  }

  /** What it listens to, in the live lane. */
  get heard(): { name: string; event: EventDefinition<object> }[] {
    return this.flows.filter(({ lane }) => lane === 'live').map(({ name, subscription: { event } }) => ({ name, event }));
  }

  /** Call it before the application is up. */
  accompany(companion: Companion): void {
    this.companions.push(companion);
  }

  /** Starts taking events, of those flows that do not yet: after one that failed it does the rest. */
  resume(): Promise<void> {
    return this.inTurn(() => this.beginTaking());
  }

  /** Takes no more; what was taken and not begun goes back. Requests are still answered. After one that failed it does the rest. */
  pause(): Promise<void> {
    return this.inTurn(() => this.endTaking());
  }

  /** One after the other: a pause that came while a resumption goes on would end what it had not begun. */
  private inTurn(change: () => Promise<void>): Promise<void> {
    const changed = this.changing.then(change);
    this.changing = changed.catch(() => undefined); // whoever asked for it hears of it
    return changed;
  }

  private async beginTaking(): Promise<void> {
    if (this.stopping) return;
    this.consuming = true;
    await inTheEndAll([...this.flows.map((flow) => this.beginFlow(flow)), ...this.companions.map((companion) => companion.resume())]);
  }

  private async beginFlow(flow: Flow): Promise<void> {
    flow.messages ??= await this.broker.consume(STREAM, flow.name, flow.filter, BATCH, (message) => {
      if (!flow.subscription.concerns(tenantOfSubject(message.subject))) return message.ack();
      this.receive(flow, message);
    });
  }

  private async endTaking(): Promise<void> {
    this.consuming = false;
    await inTheEndAll([...this.flows.map((flow) => this.endFlow(flow)), ...this.companions.map((companion) => companion.pause())]);
    await this.broker.flush();
  }

  private async endFlow(flow: Flow): Promise<void> {
    await flow.messages?.close();
    flow.messages = undefined;
    for (const message of flow.buffer.splice(0)) message.nak();
  }

  /** Those that wait, too: else they would come again, and look as if they had been tried. */
  private sayThatTheyAreAlive(): void {
    for (const message of this.inHand) message.working();
    for (const { buffer } of this.flows) for (const message of buffer) message.working();
  }

  private receive(flow: Flow, message: JsMsg): void {
    flow.buffer.push(message);
    this.wakeUp.now();
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      const busy = this.flows.filter(({ buffer }) => buffer.length > 0);
      const live = handledAlike(busy.filter(({ lane }) => lane === 'live'));
      const restMs = this.restMs(busy, live);
      if (restMs > 0) await this.wakeUp.within(restMs);
      else if (live.length > 0) await this.takeLive(live);
      else await this.takeBulk(busy);
    }
  }

  private restMs(busy: Flow[], live: Flow[][]): number {
    if (busy.length === 0) return IDLE_MS;
    return live.length === 0 ? this.courtesy.restMs : this.gathering.restMs(meanOf(live));
  }

  /** @param together flows by those that are handled alike */
  private async takeLive(together: Flow[][]): Promise<void> {
    this.handlingLive = true;
    const since = performance.now();
    const mean = meanOf(together);
    for (const alike of together) {
      const share = Math.ceil(BATCH / alike.length);
      await this.take(alike.map((flow) => ({ flow, messages: flow.buffer.splice(0, share) })));
    }
    this.gathering.took(mean, performance.now() - since);
    this.handlingLive = false;
    this.courtesy.sawLive();
  }

  /** In turns: else what comes faster than it is taken would keep the others waiting. */
  private async takeBulk(flows: Flow[]): Promise<void> {
    const flow = flows.find((one) => this.flows.indexOf(one) > this.lastBulk) ?? flows[0];
    this.lastBulk = this.flows.indexOf(flow);
    const messages = flow.buffer.splice(0, flow.portion.next(this.expectsLive));
    const since = performance.now();
    await this.take([{ flow, messages }]);
    const tookMs = performance.now() - since;
    flow.portion.took(messages.length, tookMs);
    this.courtesy.took(tookMs);
  }

  /** Without those whose effect a request has; those whose request isn't done yet wait for it, and nobody for them. */
  private withoutTold(flow: Flow, messages: JsMsg[]): JsMsg[] {
    if (!this.told.any) return messages;
    return messages.filter((message) => {
      const told = this.told.of(message.headers?.get(ID_HEADER) ?? '');
      if (!told) return true;
      this.inHand.add(message);
      const waiting = told.then((isDone) => {
        this.waiting.delete(waiting);
        this.inHand.delete(message);
        if (isDone) this.handling.acknowledge(flow, [message]);
        else if (this.consuming) this.receive(flow, message);
        else message.nak();
      });
      this.waiting.add(waiting);
      return false;
    });
  }

  private async take(received: Part[]): Promise<void> {
    const parts = withMessages(received, ({ flow, messages }) => this.withoutTold(flow, messages));
    if (parts.length === 0) return;
    for (const { flow, messages } of parts) {
      for (const message of messages) this.inHand.add(message);
      this.metrics.taken(flow.name, messages);
    }
    try {
      await this.handling.handle(parts);
    } finally {
      for (const { messages } of parts) for (const message of messages) this.inHand.delete(message);
    }
  }

  /**
   * Handles an event that was put aside as its subscription would, within the caller's transaction.
   * @throws as the handler does, or when the service doesn't listen to that subscription any more
   */
  async handleAgain(tx: Tx, subscription: string, body: string): Promise<void> {
    const companion = this.companions.find(({ name }) => name === subscription);
    if (companion) return companion.handleAgain(tx, body);
    const flow = this.flows.find(({ name }) => name === subscription);
    if (!flow) throw new Error(`${this.service} doesn't listen to ${subscription} any more`);
    await this.handling.applyWithin(tx, heardIn([{ flow, messages: [{ json: <T>() => JSON.parse(body) as T }] }]));
  }
}

/** Waits for all of them, also when one fails. @throws the first failure */
async function inTheEndAll(works: Promise<void>[]): Promise<void> {
  const failure = (await Promise.allSettled(works)).find((result) => result.status === 'rejected');
  if (failure) throw failure.reason;
}
