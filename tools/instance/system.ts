import { connect, type NatsConnection } from 'nats';
import { Pool } from 'pg';
import { natsLogin } from '@headwater/embedded';
import { Queues } from './queues';
import type { Cleanups } from '../launcher/cleanups';
import type { Instance } from './instance';

/** A running Headwater, and how we look into it. */
export interface System {
  instance: Instance;
  database: Pool;
  connection: NatsConnection;
  queues: Queues;
  /** ends everything that waits */
  signal: AbortSignal;
}

const CONNECTIONS = 4;
const CONNECTED_WITHIN_MS = 2_000;
const RECONNECT_AFTER_MS = 100;

/** Connects to the servers of an instance; the connections come back after each kill. */
export async function lookInto(instance: Instance, signal: AbortSignal, cleanups: Cleanups): Promise<System> {
  const { database_url, nats_url } = instance.facts();
  const database = new Pool({ connectionString: database_url, max: CONNECTIONS, connectionTimeoutMillis: CONNECTED_WITHIN_MS });
  database.on('error', () => undefined); // its server was killed, as it should be
  cleanups.add(() => database.end());
  const connection = await connect({ ...natsLogin(nats_url), name: 'tools', maxReconnectAttempts: -1, reconnectTimeWait: RECONNECT_AFTER_MS });
  cleanups.add(() => connection.close());
  return { instance, database, connection, queues: new Queues(database, connection), signal };
}
