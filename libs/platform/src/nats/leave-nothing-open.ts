import type { Socket } from 'node:net';
import type { NatsConnection } from 'nats';

/** What nats.js has inside. Should it change, nothing is closed here, and `libs/platform/test/nats.int.spec.ts` says so. */
interface Inside { protocol: { transport?: { socket?: Socket }; prepare?: () => unknown; disconnect?: () => void } }

/**
 * Closes what nats.js leaves open where a server goes without a word. Of an attempt to connect that nobody answered it keeps the socket: where the server
 * answers late, its end after two seconds is taken for the connection's, and the good one is replaced and kept as well, to be ended by the server,
 * which hears no pong on it, four minutes later, which replaces the next one, and so on for ever. And it leaves a silent server only when all is
 * written that waits to be: never, where the server takes nothing any more.
 */
export function leaveNothingOpen(connection: NatsConnection): NatsConnection {
  const { protocol } = connection as unknown as Inside;
  const [prepare, disconnect] = [protocol.prepare?.bind(protocol), protocol.disconnect?.bind(protocol)];
  if (!prepare || !disconnect) return connection;
  protocol.prepare = () => {
    protocol.transport?.socket?.destroy();
    return prepare();
  };
  protocol.disconnect = () => {
    const { transport } = protocol;
    disconnect();
    transport?.socket?.destroy();
  };
  return connection;
}
