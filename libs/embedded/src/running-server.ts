import { setTimeout as delay } from 'node:timers/promises';
import { EmbeddedServerError } from './embedded-server-error';
import { startLoggedProcess, type LoggedProcess, type LoggedProcessOptions } from './logged-process';

/** A server that accepts connections. */
export interface RunningServer extends LoggedProcess {
  /** how clients reach it, with the password where it has one */
  url: string;
  port: number;
}

export interface ServerOptions extends LoggedProcessOptions {
  url: string;
  port: number;
  /** whether it takes connections yet; what it raises ends the start */
  accepts: () => Promise<boolean>;
  timeoutMs: number;
  signal?: AbortSignal;
}

const LOOK_AGAIN_MS = 25;

/**
 * Starts a server and waits until it accepts connections; one that doesn't get there is stopped again.
 * @throws EmbeddedServerError when it can't be started, ends, or isn't ready in time; the reason of an aborted `signal`
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  options.signal?.throwIfAborted();
  const server = await startLoggedProcess(options);
  try {
    await whenAccepting(server, options);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { ...server, url: options.url, port: options.port };
}

async function whenAccepting(server: LoggedProcess, { name, log, accepts, timeoutMs, signal }: ServerOptions): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await accepts())) {
    signal?.throwIfAborted();
    const ended = server.ended();
    if (ended !== undefined) {
      throw new EmbeddedServerError(`${name} ended while starting (${ended}): ${complaint(server)} (log: ${log})`);
    }
    if (Date.now() > deadline) {
      throw new EmbeddedServerError(`${name} doesn't accept connections after ${timeoutMs / 1_000} s (log: ${log})`);
    }
    await delay(LOOK_AGAIN_MS);
  }
}

/** PostgreSQL and nats-server go on after what was fatal, and say goodbye in their last line; Node says its version there. */
function complaint(server: LoggedProcess): string {
  const lines = server.lastLines(20);
  return lines.findLast((line) => /\b(FATAL|PANIC|FTL)\b|^\w*Error: /.test(line)) ?? lines.at(-1) ?? '';
}
