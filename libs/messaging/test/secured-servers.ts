import { chownSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { startNats, startPostgres, type RunningServer } from '@headwater/embedded';
import { eventually, type KeyPair } from '@headwater/testing';

/** A PostgreSQL that takes no connection without TLS from others than its administrator. */
export class SecuredPostgres {
  private constructor(private readonly running: RunningServer, private readonly dataDir: string, private readonly admin: Client) {}

  /** @param clientCa of the certificates that the role `routing_by_certificate` comes with */
  static async start(directory: string, pair: KeyPair, clientCa: string): Promise<SecuredPostgres> {
    const running = await startPostgres({
      dataDir: join(directory, 'postgres'), password: 'administrator', log: join(directory, 'postgres.log'), durable: false,
    });
    const admin = new Client({ connectionString: running.url });
    await admin.connect();
    const { rows } = await admin.query<{ data_directory: string }>('show data_directory');
    const server = new SecuredPostgres(running, rows[0].data_directory, admin);
    server.put('clients.pem', clientCa);
    server.put('pg_hba.conf', [
      'host all headwater all scram-sha-256', 'hostssl all routing_by_certificate all cert', 'hostssl all all all scram-sha-256',
    ].join('\n'));
    await admin.query(`alter system set ssl_ca_file = 'clients.pem'`);
    await admin.query(`alter system set ssl_cert_file = 'served.pem'`);
    await admin.query(`alter system set ssl_key_file = 'served-key.pem'`);
    await admin.query('alter system set ssl = on');
    await server.serve(pair);
    return server;
  }

  get port(): number {
    return this.running.port;
  }

  /** New connections see this certificate. */
  async serve({ cert, key }: KeyPair): Promise<void> {
    this.put('served.pem', cert);
    this.put('served-key.pem', key);
    await this.admin.query('select pg_reload_conf()');
  }

  async query<Row extends object>(sql: string): Promise<Row[]> {
    return (await this.admin.query<Row>(sql)).rows;
  }

  /** Ends every connection of a role. */
  async cutOff(role: string): Promise<void> {
    await this.admin.query('select pg_terminate_backend(pid) from pg_stat_activity where usename = $1', [role]);
  }

  async stop(): Promise<void> {
    await this.admin.end();
    await this.running.stop();
  }

  /** As its own: PostgreSQL refuses a key that others could read. */
  private put(name: string, text: string): void {
    const path = join(this.dataDir, name);
    writeFileSync(path, `${text}\n`, { mode: 0o600 });
    const { uid, gid } = statSync(this.dataDir);
    chownSync(path, uid, gid);
  }
}

/** A nats-server with TLS and users. */
export class SecuredNats {
  private constructor(private readonly running: RunningServer, private readonly directory: string, private readonly log: string) {}

  static async start(directory: string, pair: KeyPair, clientCa: string, users: Record<string, string>): Promise<SecuredNats> {
    const own = join(directory, 'nats');
    const log = join(directory, 'nats.log');
    mkdirSync(own, { recursive: true });
    write(own, 'clients.pem', clientCa);
    write(own, 'tls.conf', `tls { cert_file: "${own}/served.pem", key_file: "${own}/served-key.pem", ca_file: "${own}/clients.pem" }`);
    writePair(own, pair);
    writeUsers(own, users);
    const include = ['tls.conf', 'users.conf'].map((name) => join(own, name));
    const running = await startNats({ storeDir: join(own, 'store'), log, durable: false, include });
    return new SecuredNats(running, own, log);
  }

  get port(): number {
    return this.running.port;
  }

  /** New connections see this certificate. */
  serve(pair: KeyPair): Promise<void> {
    writePair(this.directory, pair);
    return this.reload();
  }

  /** Whoever is connected as a user that is no more, or has another password, is cut off. */
  permit(users: Record<string, string>): Promise<void> {
    writeUsers(this.directory, users);
    return this.reload();
  }

  stop(): Promise<void> {
    return this.running.stop();
  }

  private async reload(): Promise<void> {
    const reloads = () => readFileSync(this.log, 'utf8').split('Reloaded server configuration').length;
    const before = reloads();
    process.kill(this.running.pid, 'SIGHUP');
    await eventually('nats-server has read its configuration again', () => reloads() > before);
  }
}

function writePair(directory: string, { cert, key }: KeyPair): void {
  write(directory, 'served.pem', cert);
  write(directory, 'served-key.pem', key);
}

function writeUsers(directory: string, users: Record<string, string>): void {
  const list = Object.entries(users).map(([user, password]) => `{ user: ${user}, password: "${password}" }`);
  write(directory, 'users.conf', `authorization { users: [ ${list.join(', ')} ] }`);
}

const write = (directory: string, name: string, text: string): void => writeFileSync(join(directory, name), `${text}\n`);
