import { createServer } from 'node:net';
import { EmbeddedServerError } from './embedded-server-error';

// Below 32768, where Linux takes the ports of outgoing connections from: inside that range any client socket could sit
// on the port while its server restarts.
const LOWEST = 20_000;
/** Ports that belong together: what a process takes first. */
const SLICE = 12;
const SLICES = 1_000;
/**
 * From one slice of a process to its next: has no divisor in common with how many there are, so it comes through all of them. Processes that were
 * started together, whose ids are close, come to the same slice with half a minute between them, when the first one's servers listen there.
 */
const STRIDE = 613;

// Two callers in one process must not get the same port before either has listened on it.
const handedOut = new Set<number>();
/** Another second, another slice: whoever looked for a server that is gone would find its successor. */
const FIRST = Math.floor(Date.now() / 1_000) % SLICES * SLICE;
let looked = FIRST;

/**
 * A port that nothing listens on, and that this process has not handed out before. Processes look in different places, by their
 * ids: between this answer and the server that listens seconds may pass, in which another process would find the port free as well.
 */
export async function freePort(): Promise<number> {
  while (looked < FIRST + SLICE * SLICES) {
    const slice = (process.pid + Math.floor(looked / SLICE) * STRIDE) % SLICES;
    const port = LOWEST + slice * SLICE + looked % SLICE;
    looked += 1;
    if (!handedOut.has(port) && await claimPort(port)) return port;
  }
  throw new EmbeddedServerError(`No free port was found between ${LOWEST} and ${LOWEST + SLICE * SLICES}`);
}

/**
 * Whether a server could listen on this port now, on 127.0.0.1; a server on all interfaces counts. If so, it is the caller's:
 * this process doesn't hand it out any more.
 * @throws the system's error when the port is refused for another reason than being taken (EACCES below 1024, mostly)
 */
export async function claimPort(port: number): Promise<boolean> {
  const isFree = await couldListen(port);
  if (isFree) handedOut.add(port);
  return isFree;
}

function couldListen(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    });
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)));
  });
}
