import {
  checkNats, checkPostgres, freePort, natsUrl, postgresUrl, startNats, startPostgres, urlOfRole, type NatsPasswords,
} from '@headwater/embedded';
import type { Service } from '@headwater/contracts';
import type { Home } from './home';
import { LauncherError } from './launcher-error';
import type { Secrets } from './secrets';
import type { Program } from './supervisor';
import type { Say } from './terminal';

/** A server that the services use: ours, or one that somebody else runs. */
export interface Server {
  /** for its administrator */
  url: string;
  /** for a service, with credentials of its own as far as they are ours to give */
  urlFor(service: Service): string;
  /** null for somebody else's */
  port: number | null;
  /** keeps ours running; undefined for somebody else's */
  program?: Program;
}

/** @throws LauncherError when the PostgreSQL in DATABASE_URL can't be used */
export async function database(
  home: Home, { postgres_password: password, database_passwords: passwords }: Secrets, given: string | undefined, say: Say,
): Promise<Server> {
  const urlFor = (url: string) => (service: Service): string => urlOfRole(url, service, passwords[service]);
  if (given) return { ...(await external('DATABASE_URL', given, checkPostgres)), urlFor: urlFor(given) };
  // Chosen once: the services know the address, so a server that is started again must be found there.
  const port = await freePort();
  const options = { dataDir: home.postgres, password, port, log: home.log('postgres'), onProgress: say };
  const url = postgresUrl(port, password);
  return {
    url, urlFor: urlFor(url), port,
    program: { name: 'postgres', start: (signal) => startPostgres({ ...options, signal }) },
  };
}

/**
 * Somebody else's knows its own users: the one in the URL is every service's.
 * @throws LauncherError when the nats-server in NATS_URL can't be used
 */
export async function broker(home: Home, passwords: NatsPasswords, given: string | undefined, say: Say): Promise<Server> {
  if (given) return { ...(await external('NATS_URL', given, checkNats)), urlFor: () => given };
  const port = await freePort();
  const options = { storeDir: home.nats, port, passwords, log: home.log('nats'), onProgress: say };
  const urlFor = (user: Service | 'admin'): string => natsUrl(port, { user, password: passwords[user] });
  return {
    url: urlFor('admin'), urlFor, port,
    program: { name: 'nats', start: (signal) => startNats({ ...options, signal }) },
  };
}

async function external(variable: string, url: string, check: (url: string) => Promise<void>): Promise<Pick<Server, 'url' | 'port'>> {
  try {
    await check(url);
  } catch (error) {
    throw new LauncherError(`${variable}: ${(error as Error).message}`, { cause: error });
  }
  return { url, port: null };
}
