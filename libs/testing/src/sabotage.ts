// A preload: `HEADWATER_SABOTAGE=no-inbox node --require …/sabotage.js main.js` breaks one promise of libs/messaging, to show
// that what checks the promise would notice. It reaches into classes, past what they show to others; production never
// reads the variable.
import { setTimeout as delay } from 'node:timers/promises';
import { eventSubject, type Envelope, type Lane, type NewEvent, type Service } from '@headwater/contracts';
import { Consumer, EventHandling, Outbox, seal, Spool, SpoolConsumer, type Broker, type Cause } from '@headwater/messaging';
import type { Tx } from '@headwater/platform';

interface Acknowledged { ack(): void }
/** The insides that are changed here. */
interface ConsumerInside { take(parts: { messages: Acknowledged[] }[]): Promise<void> }
interface SpoolConsumerInside { take(messages: Acknowledged[]): Promise<void> }
interface OutboxInside { service: Service; relay: { broker: Broker } }

const GATHERED_MS = 200;

const SABOTAGES: Readonly<Record<string, () => void>> = {
  /** Nothing is known of what was taken in before. */
  'no-inbox': () => {
    const { applyWithin } = EventHandling.prototype;
    EventHandling.prototype.applyWithin = function forgetful(tx, ...rest) {
      return applyWithin.call(this, { ...tx, query: (sql, parameters) => claimed(sql, parameters) ?? tx.query(sql, parameters) }, ...rest);
    };
  },

  /** Events are gathered in memory after their commit, and published from there: lost with the process, or while NATS is away. */
  'no-outbox': () => {
    Outbox.prototype.add = function fromMemory(tx: Tx, events: { event: NewEvent; cause: Cause }[], lane: Lane = 'live') {
      const { service, relay: { broker } } = this as unknown as OutboxInside;
      const sealed = events.map(({ event, cause }) => ({ event, envelope: seal(service, event, cause) }));
      tx.afterCommit(() => void setTimeout(() => {
        for (const { event, envelope } of sealed) publishOnce(broker, event, envelope, lane);
      }, GATHERED_MS));
      return Promise.resolve(sealed.map(({ envelope }) => envelope.id));
    };
  },

  /** What is acknowledged, and then handled when there is time, is lost with the process, or when it can't be handled then. */
  'ack-first': () => {
    const consumer = Consumer.prototype as unknown as ConsumerInside;
    const { take } = consumer;
    consumer.take = async function acknowledging(parts) {
      for (const message of parts.flatMap(({ messages }) => messages)) message.ack();
      await delay(GATHERED_MS);
      return take.call(this, parts);
    };
    const spoolConsumer = SpoolConsumer.prototype as unknown as SpoolConsumerInside;
    const { take: takeSpooled } = spoolConsumer;
    spoolConsumer.take = async function acknowledging(messages) {
      for (const message of messages) message.ack();
      await delay(GATHERED_MS);
      return takeSpooled.call(this, messages);
    };
  },

  /** Submissions are accepted with 202, and kept nowhere. */
  'no-spool': () => {
    Spool.prototype.put = () => Promise.resolve();
  },
};

/** What the inbox would answer if it knew nothing; undefined for what isn't asked of it. */
function claimed<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> | undefined {
  if (!/^\s*insert into inbox\b/.test(sql)) return undefined;
  const [, ids] = parameters as [string, string[]];
  return Promise.resolve(ids.map((event_id) => ({ event_id }) as Row));
}

function publishOnce(broker: Broker, { definition, tenant }: NewEvent, envelope: Envelope, lane: Lane): void {
  if (!broker.connected) return; // else the client would keep it until NATS is back
  broker.publish(eventSubject(definition, tenant, lane), JSON.stringify(envelope), envelope.id).catch(() => 'lost');
}

const wanted = process.env.HEADWATER_SABOTAGE;
if (wanted) {
  const sabotage = SABOTAGES[wanted];
  if (!sabotage) throw new Error(`HEADWATER_SABOTAGE takes one of ${Object.keys(SABOTAGES).join(', ')}, not ${wanted}`);
  sabotage();
}
