import { randomUUID } from 'node:crypto';
import { readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type NatsConnection } from 'nats';
import { Pool } from 'pg';
import { SERVICES, type Envelope, type Service } from '../../libs/contracts/src';
import { freePort, makeRoles, natsLogin, startNats, startPostgres, startServer, urlOfRole, type RunningServer } from '../../libs/embedded/src';
import { consumerControlSubject, STREAM } from '../../libs/messaging/src';
import { eventually } from '../../libs/testing/src/eventually';
import { NATS_PASSWORDS } from '../../libs/testing/src/nats-users';
import { Queues } from '../../tools/instance/queues';

export const ROOT = join(__dirname, '../..');
const OPERATOR_TOKEN = 'operator-token-of-a-test-installation';
const START_TIMEOUT_MS = 60_000;
const TENANT = 'acme';
const PASSWORD = 'tests';

/** How a service is started: what is built here, or what another place has. */
export type Build = (service: Service) => string[];

/** What `npm run build` made. */
export const presentBuild: Build = (service) => [join(ROOT, 'apps', service, 'dist/main.js')];

export interface Answer { status: number; headers: Headers; body: { data: Record<string, unknown> & { id: number }; code?: string } }

/** A Headwater whose servers and services are started, stopped, killed and lost one by one, as operators come to know them. */
export class Installation {
  private readonly directory = mkdtempSync(join(tmpdir(), 'headwater-operations-'));
  readonly dataDir = join(this.directory, 'postgres');
  readonly storeDir = join(this.directory, 'nats');
  private readonly ports = new Map<string, number>();
  private readonly running = new Map<string, RunningServer>();
  private readonly events: Envelope[] = [];
  private database: Pool;
  private connection: NatsConnection;
  private queues: Queues;
  private key = '';

  /** Both servers, every service, and a tenant with people and rules. */
  static async start(build: Build = presentBuild): Promise<Installation> {
    const installation = new Installation();
    for (const name of ['postgres', 'nats', ...SERVICES]) installation.ports.set(name, await freePort());
    await installation.startPostgres();
    await makeRoles(installation.administratorUrl, Object.fromEntries(SERVICES.map((service) => [service, PASSWORD])));
    await installation.startNats();
    installation.look();
    await installation.connectToNats();
    await installation.startServices(build);
    await installation.makeTenant();
    return installation;
  }

  async startPostgres(): Promise<void> {
    const { directory, dataDir } = this;
    const log = join(directory, 'postgres.log');
    this.running.set('postgres', await startPostgres({ dataDir, password: PASSWORD, log, port: this.port('postgres'), durable: false }));
  }

  async startNats(): Promise<void> {
    const { directory, storeDir } = this;
    this.running.set('nats', await startNats({ storeDir, log: join(directory, 'nats.log'), port: this.port('nats'), passwords: NATS_PASSWORDS }));
  }

  startServices(build: Build = presentBuild): Promise<unknown> {
    return Promise.all(SERVICES.map((service) => this.startService(service, build)));
  }

  /** @param replica each of a service has a name, and a port */
  async startService(service: Service, build: Build = presentBuild, replica: string = service): Promise<void> {
    if (!this.ports.has(replica)) this.ports.set(replica, await freePort());
    const url = this.url(replica);
    this.running.set(replica, await startServer({
      name: replica, program: process.execPath, args: build(service), log: join(this.directory, `${replica}.log`), url,
      port: this.port(replica), timeoutMs: START_TIMEOUT_MS, stopSteps: [['SIGTERM', 10_000]],
      env: { ...this.environment(service), PORT: String(this.port(replica)), MIGRATE_ON_START: 'true' },
      accepts: () => fetch(`${url}/health/ready`).then(({ ok }) => ok, () => false),
    }));
  }

  /** What a service, or one of its commands, is given. */
  environment(service: Service): Record<string, string> {
    return {
      PATH: process.env.PATH ?? '', DATABASE_URL: urlOfRole(this.administratorUrl, service, PASSWORD),
      ...this.natsEnvironment(service),
      LOG_LEVEL: 'warn', ACK_WAIT_SECONDS: '1',
      ...(service === 'gateway' && { OPERATOR_TOKEN, JWT_SECRET: 'a-secret-of-a-test-installation-only' }),
    };
  }

  /** What commands of an operator are run with. */
  get operatorEnvironment(): Record<string, string> {
    return {
      PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', HEADWATER_URL: this.url('gateway'),
      HEADWATER_OPERATOR_TOKEN: OPERATOR_TOKEN,
      ...this.natsEnvironment('admin'),
    };
  }

  private natsEnvironment(user: keyof typeof NATS_PASSWORDS): Record<string, string> {
    return { NATS_URL: `nats://127.0.0.1:${this.port('nats')}`, NATS_USER: String(user), NATS_PASSWORD: NATS_PASSWORDS[user]! };
  }

  get administratorUrl(): string {
    return this.running.get('postgres')!.url;
  }

  url(replica: string): string {
    return `http://127.0.0.1:${this.port(replica)}`;
  }

  /** Gracefully. */
  async stop(...names: string[]): Promise<void> {
    await Promise.all(names.map((name) => this.running.get(name)?.stop()));
  }

  stopServices(): Promise<void> {
    return this.stop(...[...this.running.keys()].filter((name) => name !== 'postgres' && name !== 'nats'));
  }

  /** As a power cut does. */
  async kill(name: string): Promise<void> {
    const { pid, exited } = this.running.get(name)!;
    process.kill(pid, 'SIGKILL');
    await exited;
  }

  async remove(): Promise<void> {
    await this.connection?.close();
    await this.database?.end();
    await this.stopServices();
    await this.stop('nats', 'postgres');
    rmSync(this.directory, { recursive: true, force: true, maxRetries: 5 });
  }

  /** As the tenant's administrator. @param key a repetition under it has one effect */
  async send(method: string, path: string, body?: unknown, { token = this.key, key }: { token?: string; key?: string } = {}): Promise<Answer> {
    const response = await fetch(`${this.url('gateway')}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': 'application/json' }), ...(key && { 'idempotency-key': key }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, body: await response.json() as Answer['body'] };
  }

  /** An intake that is behind, as one that has just started may be, has it kept (202), and is asked again under the same key. */
  private takenIn(lead: object): Promise<Answer> {
    const key = randomUUID();
    return eventually('intake has taken the lead in', async () => {
      const answer = await this.send('POST', '/crm/leads', lead, { key });
      return answer.status !== 202 && answer.body.code !== 'in_flight' && answer;
    });
  }

  /** @returns the ids of leads that were created */
  async capture(...names: string[]): Promise<number[]> {
    const answers = await Promise.all(names.map((name) => this.takenIn(person(name))));
    const refused = answers.find(({ status }) => status !== 201);
    if (refused) throw new Error(`POST /leads answered ${refused.status}: ${JSON.stringify(refused.body)}`);
    return answers.map(({ body }) => body.data.id);
  }

  /**
   * Everything is published, every event is handled, every spooled lead is taken in, and no event was put aside.
   * @param heardOnly but for the events that nobody who runs asks for
   */
  async settled({ heardOnly = false } = {}): Promise<void> {
    let before: number | null = null;
    // While one look goes on, something may pass by it from one service to the next: only two that find the same tell that nothing did.
    await eventually('outboxes published and consumers drained', async () => {
      const waiting = await this.queues.outbox() + await this.queues.consumers({ heardOnly });
      const [last, now] = [before, before = waiting === 0 ? await this.lastSequence() : null];
      return now !== null && now === last;
    }, { timeoutMs: 60_000 });
    const lettersOf = (service: Service) => `select '${service}' as service, subject, error from ${service}.dead_letter`;
    const letters = await this.rows(SERVICES.map(lettersOf).join(' union all '));
    if (letters.length > 0) throw new Error(`Put aside: ${JSON.stringify(letters)}`);
  }

  async rows<Row = Record<string, unknown>>(sql: string): Promise<Row[]> {
    return (await this.database.query(sql)).rows as Row[];
  }

  /** What an outside consumer that keeps the newest state of each entity has: revision and data, by publisher and entity. */
  newest(source: Service, subject: string | number): Envelope<Record<string, never>> | undefined {
    return this.events.filter((event) => event.source === source && event.subject === String(subject) && event.revision !== undefined)
      .reduce<Envelope | undefined>((best, event) => ((event.revision ?? 0) > (best?.revision ?? 0) ? event : best), undefined) as
      Envelope<Record<string, never>> | undefined;
  }

  /** Of the leads that events of a type in the stream tell of, in order, each once. */
  async leadsToldOf(type: string): Promise<number[]> {
    const manager = await this.connection.jetstreamManager();
    const { state: { first_seq, last_seq } } = await manager.streams.info(STREAM);
    const found = new Set<number>();
    for (let seq = first_seq; seq <= last_seq; seq += 1) {
      const event = (await manager.streams.getMessage(STREAM, { seq })).json<Envelope>();
      if (event.type === type) found.add(event.leadid!);
    }
    return [...found].sort((a, b) => a - b);
  }

  private async lastSequence(): Promise<number> {
    const { streams } = await this.connection.jetstreamManager();
    return (await streams.info(STREAM)).state.last_seq;
  }

  async tellConsumers(service: Service, what: 'pause' | 'resume'): Promise<void> {
    const answer = await this.connection.request(consumerControlSubject(service), what, { timeout: 10_000 });
    if (answer.string() !== 'ok') throw new Error(answer.string());
  }

  private port(name: string): number {
    return this.ports.get(name)!;
  }

  private look(): void {
    this.database = new Pool({ connectionString: this.administratorUrl, max: 2, connectionTimeoutMillis: 2_000 });
    this.database.on('error', () => undefined); // its server is stopped and killed: the next query tells
  }

  private async connectToNats(): Promise<void> {
    this.connection = await connect({ ...natsLogin(this.running.get('nats')!.url), maxReconnectAttempts: -1, reconnectTimeWait: 100 });
    this.connection.subscribe('crm.>', { callback: (_error, message) => this.events.push(message.json<Envelope>()) });
    this.queues = new Queues(this.database, this.connection);
  }

  private async makeTenant(): Promise<void> {
    await this.send('POST', '/admin/tenants', { id: TENANT, name: 'Acme', currency: 'EUR', time_zone: 'Europe/Berlin' }, { token: OPERATOR_TOKEN });
    const { body } = await this.send('POST', `/admin/tenants/${TENANT}/keys`, { name: 'k', role: 'admin' }, { token: OPERATOR_TOKEN });
    this.key = String(body.data.key);
    const setup: unknown = JSON.parse(readFileSync(join(ROOT, 'tools/launcher/demo/routing-setup.json'), 'utf8'));
    const { status } = await this.send('PUT', '/crm/routing/setup', setup);
    if (status !== 200) throw new Error(`PUT /routing/setup answered ${status}`);
  }
}

/** Somebody whom the system finds again by the name. */
export const person = (name: string): Record<string, unknown> => ({
  first_name: name, last_name: 'Johnson', email: `${name}@${name}-industries.com`.toLowerCase(), company_name: `${name} Industries`,
  job_title: 'CTO', employees: 250, industry: 'technology', country: 'US', source: 'web',
});
