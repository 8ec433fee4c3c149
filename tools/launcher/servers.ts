import { checkNats, checkPostgres, freePort, postgresUrl, startNats, startPostgres } from '@headwater/embedded';
import type { Home } from './home';
import { LauncherError } from './launcher-error';
import type { Program } from './supervisor';
import type { Say } from './terminal';

/** A server that the services use: ours, or one that somebody else runs. */
export interface Server {
  url: string;
  /** null for somebody else's */
  port: number | null;
  /** keeps ours running; undefined for somebody else's */
  program?: Program;
}

/** @throws LauncherError when the PostgreSQL in DATABASE_URL can't be used */
export async function database(home: Home, password: string, given: string | undefined, say: Say): Promise<Server> {
  if (given) return external('DATABASE_URL', given, checkPostgres);
  // Chosen once: the services know the address, so a server that is started again must be found there.
  const port = await freePort();
  const options = { dataDir: home.postgres, password, port, log: home.log('postgres'), onProgress: say };
  return {
    url: postgresUrl(port, password),
    port,
    program: { name: 'postgres', start: (signal) => startPostgres({ ...options, signal }) },
  };
}

/** @throws LauncherError when the nats-server in NATS_URL can't be used */
export async function broker(home: Home, given: string | undefined, say: Say): Promise<Server> {
  if (given) return external('NATS_URL', given, checkNats);
  const port = await freePort();
  const options = { storeDir: home.nats, port, log: home.log('nats'), onProgress: say };
  return {
    url: `nats://127.0.0.1:${port}`,
    port,
    program: { name: 'nats', start: (signal) => startNats({ ...options, signal }) },
  };
}

async function external(variable: string, url: string, check: (url: string) => Promise<void>): Promise<Server> {
  try {
    await check(url);
  } catch (error) {
    throw new LauncherError(`${variable}: ${(error as Error).message}`, { cause: error });
  }
  return { url, port: null };
}
