import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { EmbeddedServerError } from './embedded-server-error';

// Below 32768, where Linux takes the ports of outgoing connections from: inside that range any client socket could sit
// on the port while its server restarts.
const LOWEST = 20_000;
const HIGHEST = 32_000;
const ATTEMPTS = 1_000;

// Two callers in one process must not get the same port before either has listened on it.
const handedOut = new Set<number>();

/** A port that nothing listens on, and that this process has not handed out before. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const port = randomInt(LOWEST, HIGHEST);
    if (!handedOut.has(port) && (await isPortFree(port))) {
      handedOut.add(port);
      return port;
    }
  }
  throw new EmbeddedServerError(`No free port was found between ${LOWEST} and ${HIGHEST}`);
}

/**
 * Whether a server could listen on this port now, on 127.0.0.1; a server on all interfaces counts.
 * @throws the system's error when the port is refused for another reason than being taken (EACCES below 1024, mostly)
 */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    });
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)));
  });
}
