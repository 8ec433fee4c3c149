import { credsAuthenticator, type Authenticator, type ConnectionOptions } from 'nats';
import type { NatsConfig } from '../config/config';
import { tlsOptions } from '../tls/tls';

const CONNECT_TIMEOUT_MS = 5_000;
/** A server that went without a word, as one without power does, is noticed after three of these; nats.js itself would take it for there for six minutes. */
const PING_EVERY_MS = 3_000;

/** What a connection has for itself. */
export type OwnOptions = Required<Pick<ConnectionOptions, 'name' | 'inboxPrefix'>>;

/** Where a user of NATS is answered: with one prefix for all, each could read what the others are answered. */
export const inboxPrefix = (user: string): string => `_INBOX_${user}`;

/**
 * What every connection to NATS is made with. User, password, credentials, certificates and key are asked for at each
 * attempt to connect, so that what was rotated holds from the next one on.
 */
export function natsOptions(config: NatsConfig, own: OwnOptions): ConnectionOptions {
  return {
    ...own,
    servers: serverUrls(config).map(({ host }) => host),
    authenticator: authenticator(config),
    tls: tls(config),
    timeout: CONNECT_TIMEOUT_MS,
    pingInterval: PING_EVERY_MS,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 500,
    ignoreAuthErrorAbort: true, // else a password that is refused twice, as while it is being rotated, ends the connection for good
    noAsyncTraces: true, // else a stack is captured for every publication
  };
}

/** Hosts and ports, for messages: the rest of the URL may hold a password. */
export const natsPlace = (config: NatsConfig): string => serverUrls(config).map(({ host }) => host).join(', ');

function serverUrls({ NATS_URL }: NatsConfig): URL[] {
  return NATS_URL.read().split(',').map((url) => new URL(url));
}

function tls(config: NatsConfig): ConnectionOptions['tls'] {
  const [{ protocol, hostname }] = serverUrls(config);
  const options = tlsOptions({ ca: config.NATS_CA, cert: config.NATS_CERT, key: config.NATS_KEY }) ?? (protocol === 'tls:' ? {} : undefined);
  // nats.js hands Node no name for a server that is addressed by number, and Node would then look for "localhost".
  return options && Object.defineProperty(options, 'host', { value: hostname.replace(/^\[|\]$/g, ''), enumerable: true });
}

function authenticator({ NATS_URL, NATS_USER, NATS_PASSWORD, NATS_CREDS }: NatsConfig): Authenticator {
  if (NATS_CREDS) return credsAuthenticator(() => new TextEncoder().encode(`${NATS_CREDS.read()}\n`));
  if (NATS_USER) return () => ({ user: NATS_USER.read(), pass: NATS_PASSWORD?.read() });
  return () => {
    const { username, password } = new URL(NATS_URL.read().split(',')[0]);
    if (!username) return undefined;
    const user = decodeURIComponent(username);
    return password ? { user, pass: decodeURIComponent(password) } : { auth_token: user };
  };
}
