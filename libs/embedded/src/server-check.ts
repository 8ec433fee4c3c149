import { connect, type ConnectionOptions } from 'nats';
import { Client } from 'pg';
import { EmbeddedServerError } from './embedded-server-error';

const OLDEST_POSTGRES = 15;
const CONNECT_TIMEOUT_MS = 5_000;

/**
 * Connects once to a PostgreSQL that somebody else runs.
 * @throws EmbeddedServerError when it can't be reached, refuses the login, or is older than 15; never with the password
 */
export async function checkPostgres(url: string): Promise<void> {
  const place = placeIn(url, ['postgres:', 'postgresql:']);
  const client = new Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  client.on('error', () => undefined); // a connection that breaks fails the query, too, and that is reported
  let version: number;
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version_num: string }>('show server_version_num');
    version = Math.floor(Number(rows[0]!.server_version_num) / 10_000);
  } catch (error) {
    throw new EmbeddedServerError(`PostgreSQL at ${place} can't be used: ${reason(error)}`, { cause: error });
  } finally {
    await client.end().catch(() => undefined); // it never connected: there is nothing to end
  }
  if (version < OLDEST_POSTGRES) {
    throw new EmbeddedServerError(`PostgreSQL at ${place} is version ${version}; it must be ${OLDEST_POSTGRES} or newer`);
  }
}

/**
 * Connects once to a nats-server that somebody else runs.
 * @throws EmbeddedServerError when it can't be reached, refuses the login, or has no JetStream; never with the password
 */
export async function checkNats(url: string): Promise<void> {
  const place = placeIn(url, ['nats:', 'tls:']);
  const connection = await connect({ ...natsLogin(url), timeout: CONNECT_TIMEOUT_MS, reconnect: false }).catch((error: unknown) => {
    throw new EmbeddedServerError(`nats-server at ${place} can't be used: ${reason(error)}`, { cause: error });
  });
  const hasJetStream = connection.info?.jetstream === true;
  await connection.close();
  if (!hasJetStream) {
    throw new EmbeddedServerError(`nats-server at ${place} runs without JetStream: start it with --jetstream`);
  }
}

/** Host and port, for messages: the rest of a URL may hold a password. */
function placeIn(url: string, protocols: string[]): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed && protocols.includes(parsed.protocol)) return parsed.host || 'localhost';
  throw new EmbeddedServerError(`it is no URL of the form ${protocols[0]}//host:port/…`);
}

/** How nats.js connects to a URL: it doesn't look for user and password, or a token, within it. */
export function natsLogin(url: string): Pick<ConnectionOptions, 'servers' | 'user' | 'pass' | 'token' | 'inboxPrefix'> {
  const { host, username, password } = new URL(url);
  if (!username) return { servers: host };
  const user = decodeURIComponent(username);
  if (!password) return { servers: host, token: user };
  // Where deploy/nats/permissions.conf lets services answer this user.
  return { servers: host, user, pass: decodeURIComponent(password), inboxPrefix: `_INBOX_${user}` };
}

/** Node raises an AggregateError without a message when a name has several addresses; nats says CONNECTION_REFUSED. */
function reason(error: unknown): string {
  const { message, code, errors } = error as Error & { code?: string; errors?: Error[] };
  const words = message || errors?.[0]?.message || code || 'no answer';
  return /^[A-Z_]+$/.test(words) ? words.toLowerCase().replaceAll('_', ' ') : words;
}
