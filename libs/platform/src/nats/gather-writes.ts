import type { NatsConnection } from 'nats';

/** What nats.js has inside. Should it change, nothing is gathered, and `libs/messaging/test/messaging.int.spec.ts` says so. */
interface Inside { protocol: { flushPending?: () => void } }

/**
 * Sends what is published within one turn of the event loop in one write. By itself nats.js writes at the end of each callback: once for
 * each question, answer and acknowledgement, and a write costs more than all else that it does with a message. Nothing waits for a timer.
 */
export function gatherWrites(connection: NatsConnection): NatsConnection {
  const { protocol } = connection as unknown as Inside;
  const flush = protocol.flushPending?.bind(protocol);
  if (!flush) return connection;
  let isDue = false;
  protocol.flushPending = () => {
    if (isDue) return;
    isDue = true;
    setImmediate(() => {
      isDue = false;
      flush();
    });
  };
  return connection;
}
