import type { JetStreamManager, NatsConnection } from 'nats';
import type { Pool } from 'pg';
import { SERVICES } from '@headwater/contracts';
import { SPOOL } from '@headwater/messaging';

/** What waits: events in outboxes, and messages that a consumer has not acknowledged. */
export interface Backlog {
  outbox: number;
  consumers: number;
}

/** The same, seen in passing: consumers are looked at only when outboxes are empty. */
export interface Glance {
  outbox: number;
  consumers: number | null;
}

const ANSWER_WITHIN_MS = 2_000;
const OUTBOXES = `select ${SERVICES.map((service) => `(select count(*) from ${service}.outbox_pending)`).join(' + ')} as pending`;

/** Looks at what is on its way between the services. */
export class Queues {
  constructor(private readonly database: Pool, private readonly connection: NatsConnection) {}

  /** @throws when PostgreSQL or nats-server is away */
  async backlog(): Promise<Backlog> {
    const [outbox, consumers] = await Promise.all([this.outbox(), this.consumers()]);
    return { outbox, consumers };
  }

  /** What is away counts nothing. */
  async glance(): Promise<Glance> {
    const outbox = await this.outbox().catch(() => 0);
    return { outbox, consumers: outbox > 0 ? null : await this.consumers().catch(() => 0) };
  }

  async outbox(): Promise<number> {
    const { rows } = await this.database.query<{ pending: string }>(OUTBOXES);
    return Number(rows[0]!.pending);
  }

  /** Submissions that were accepted and that intake has not taken in yet. */
  async spooled(): Promise<number> {
    return this.waitingIn(await this.manager(), SPOOL);
  }

  /** Of all streams. @param heardOnly leaves out what waits for a service that doesn't run, or is too old to ask for it */
  async consumers({ heardOnly = false } = {}): Promise<number> {
    const manager = await this.manager();
    let waiting = 0;
    for await (const { config: { name } } of manager.streams.list()) waiting += await this.waitingIn(manager, name, heardOnly);
    return waiting;
  }

  /** What is still in the spool's stream, though nobody will ever take it from there. */
  async leftInSpool(): Promise<string[]> {
    const { state: { subjects } } = await (await this.manager()).streams.info(SPOOL, { subjects_filter: '>' });
    return (await this.spooled()) > 0 ? [] : Object.keys(subjects ?? {});
  }

  /** A stream that nobody has begun to consume counts whole. */
  private async waitingIn(manager: JetStreamManager, stream: string, heardOnly = false): Promise<number> {
    let consumers = 0;
    let waiting = 0;
    for await (const { num_pending, num_ack_pending, num_waiting } of manager.consumers.list(stream)) {
      consumers += 1;
      if (!heardOnly || num_waiting > 0) waiting += num_pending + num_ack_pending;
    }
    return consumers > 0 ? waiting : (await manager.streams.info(stream)).state.messages;
  }

  private manager(): Promise<JetStreamManager> {
    return this.connection.jetstreamManager({ timeout: ANSWER_WITHIN_MS, checkAPI: false });
  }
}
