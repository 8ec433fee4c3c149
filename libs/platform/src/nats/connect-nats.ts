import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { connect, DebugEvents, ErrorCode, Events, type NatsConnection, type NatsError, type Status } from 'nats';
import { ConfigurationError, type NatsConfig } from '../config/config';
import { whyTlsFails } from '../tls/tls';
import { gatherWrites } from './gather-writes';
import { leaveNothingOpen } from './leave-nothing-open';
import { inboxPrefix, natsOptions, natsPlace, type OwnOptions } from './nats-options';

const TRY_AGAIN_MS = 500;
/** Attempts to come back, after which it is found out what is in their way. */
const ASK_WHY_EVERY = 4;

/**
 * Connects to NATS, waiting as long as it isn't there; afterwards the connection comes back by itself, for ever.
 * @param service whose connection it is: its inboxes are its own
 * @param purpose of one of several connections, in what the server says of its clients, and in our log
 * @param signal ends the waiting, for a service whose start failed elsewhere
 * @throws ConfigurationError in one sentence when NATS is there and doesn't let us in, or isn't the one that we trust
 */
export async function connectNats(
  config: NatsConfig, service: string, { purpose, signal }: { purpose?: string; signal?: AbortSignal } = {},
): Promise<NatsConnection> {
  const name = ['headwater', service, purpose].filter(Boolean).join('-');
  const logger = new Logger(name);
  const connection = await firstConnection(config, { name, inboxPrefix: inboxPrefix(service) }, logger, signal);
  if (signal?.aborted) await connection.close();
  signal?.throwIfAborted();
  void watchErrors(connection, config, logger);
  return gatherWrites(leaveNothingOpen(connection));
}

async function firstConnection(config: NatsConfig, own: OwnOptions, logger: Logger, signal?: AbortSignal): Promise<NatsConnection> {
  let told = false;
  for (;;) {
    try {
      return await connect(natsOptions(config, own));
    } catch (error) {
      const refusal = whyRefused(error as NatsError);
      if (refusal) throw new ConfigurationError(`NATS at ${natsPlace(config)} can't be used: ${refusal}`);
      if (!told) logger.warn(`NATS at ${natsPlace(config)} can't be reached (${(error as Error).message}): trying again until it is there`);
      told = true;
      await delay(TRY_AGAIN_MS, undefined, { signal });
    }
  }
}

/** What repeats itself at every attempt is said once, until there is a connection again. */
async function watchErrors(connection: NatsConnection, config: NatsConfig, logger: Logger): Promise<void> {
  let said: string | undefined;
  let attempts = 0;
  const say = (reason: string | undefined) => {
    if (reason && reason !== said) logger.error(`NATS at ${natsPlace(config)}: ${reason}`);
    said = reason ?? said;
  };
  for await (const status of connection.status()) {
    if (status.type === Events.Error) say(whatHappened(status));
    if (status.type === DebugEvents.Reconnecting && ++attempts % ASK_WHY_EVERY === 0) say(await whyNotBack(config));
    if (status.type !== Events.Reconnect) continue;
    said = undefined;
    attempts = 0;
  }
}

/** The client keeps to itself why TLS fails when it comes back: an attempt beside it is told. */
async function whyNotBack(config: NatsConfig): Promise<string | undefined> {
  try {
    const attempt = await connect({ ...natsOptions(config, { name: 'headwater-why', inboxPrefix: inboxPrefix('why') }), reconnect: false });
    await attempt.close();
    return undefined;
  } catch (error) {
    return whyRefused(error as NatsError);
  }
}

/** For Nest's own watch of a connection, which would log once more, as a code, what `connectNats` logs in a sentence. */
export function withoutErrors(connection: NatsConnection): Pick<NatsConnection, 'status'> {
  return {
    async* status() {
      for await (const status of connection.status()) if (status.type !== Events.Error) yield status;
    },
  };
}

const REFUSALS: Partial<Record<string, string>> = {
  [ErrorCode.AuthorizationViolation]: 'it refuses our user or password: see NATS_USER and NATS_PASSWORD, NATS_CREDS, or NATS_URL',
  [ErrorCode.AuthenticationExpired]: 'our credentials have expired: see NATS_CREDS',
  [ErrorCode.AccountExpired]: 'the account of our credentials has expired: see NATS_CREDS',
  [ErrorCode.ServerOptionNotAvailable]: 'it offers no TLS, which NATS_CA, NATS_CERT or tls:// in NATS_URL ask for',
};

function whatHappened({ data, permissionContext }: Status): string {
  if (permissionContext) return `our user may not ${permissionContext.operation === 'publish' ? 'publish to' : 'subscribe to'} ${permissionContext.subject}`;
  return REFUSALS[String(data)] ?? String(data);
}

/** @returns undefined for what may pass by itself */
function whyRefused(error: NatsError): string | undefined {
  return REFUSALS[error.code] ?? whyTlsFails(error, 'NATS') ?? (error.chainedError && whyTlsFails(error.chainedError, 'NATS'));
}
