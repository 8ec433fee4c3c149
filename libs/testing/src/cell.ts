import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { connect, type JetStreamManager, type NatsConnection } from 'nats';
import { Pool } from 'pg';
import { eventSubject, type Envelope, type NewEvent, type RequestDefinition, type Service } from '@headwater/contracts';
import { freePort, natsLogin, startNats, type RunningServer } from '@headwater/embedded';
import { Consumer, Requester, seal } from '@headwater/messaging';
import { natsVariables, parseEnvironment, startService, Tracing, type Environment, type ServiceDefinition } from '@headwater/platform';
import { testContext } from './builders';
import { createTestDatabase, urlOfService } from './database';
import { eventually } from './eventually';
import { natsRefusals } from './nats-refusals';
import { NATS_PASSWORDS, natsUrlOf } from './nats-users';
import { checkAgainstOurs, checkAgainstPublished } from './published-contract';
import { startServiceProcess, type ServiceProcessOptions } from './service-process';
import { standIn } from './stand-in';

interface CellOptions {
  /** run in this process; the same definition twice is two replicas */
  services: ServiceDefinition[];
  /** added to every service's environment */
  env?: Environment;
  /** of a PostgreSQL that the test may stop; else that of the whole run */
  postgresUrl?: string;
  /** true for services that a test made up: they may do on NATS what the real ones of their names may not */
  madeUp?: boolean;
}

interface Replica { name: Service; port: number; app: NestFastifyApplication }

export interface SealedEvent { event: NewEvent; envelope: Envelope }

/** What is asked while there is no connection gets lost, and is waited for; a broker that is there answers at once. */
const ANSWER_WITHIN_MS = 250;
/** Until a stream acknowledges what a test puts there: a busy broker is none that a test is about. */
const STORED_WITHIN_MS = 20_000;
/** On a machine that others use, too, each look may take seconds. */
const SETTLED_WITHIN_MS = 45_000;

/** Services in this process, on a database and a nats-server of their own. */
export class Cell {
  readonly context = testContext;
  private readonly seen: Envelope[] = [];
  /** what a service under test published against its contract */
  private readonly violations: string[] = [];

  private constructor(
    /** of the administrator, who sees every service's schema */
    readonly databaseUrl: string,
    /** of the user `admin`, who may do everything */
    readonly natsUrl: string,
    private nats: RunningServer, private readonly directory: string, private readonly madeUp: boolean,
    private readonly connection: NatsConnection, private readonly requester: Requester,
    private readonly database: Pool, private readonly replicas: Replica[] = [],
    private readonly processes: { name: Service; running: RunningServer }[] = [],
  ) {
    connection.subscribe('crm.>', { callback: (_error, message) => this.see(message.subject, message.string()) });
  }

  static async start({ services, env, postgresUrl, madeUp = false }: CellOptions): Promise<Cell> {
    const databaseUrl = await createTestDatabase(postgresUrl);
    const directory = mkdtempSync(join(tmpdir(), 'headwater-cell-'));
    const nats = await startNats(natsIn(directory));
    const connection = await connect({ ...natsLogin(nats.url), maxReconnectAttempts: -1, reconnectTimeWait: 100 });
    const requester = new Requester(parseEnvironment({ NATS_URL: nats.url }, natsVariables), 'admin', Tracing.off);
    await requester.onModuleInit();
    const database = new Pool({ connectionString: databaseUrl, max: 2 });
    database.on('error', () => undefined); // an idle connection to a server that was stopped: the next query tells
    const cell = new Cell(databaseUrl, nats.url, nats, directory, madeUp, connection, requester, database);
    await connection.flush(); // the broker knows that the cell listens before anybody publishes
    // One after the other, so that the first replica migrates and the others find it done.
    for (const definition of services) await cell.add(definition, env);
    return cell;
  }

  /** Starts one more service or replica. */
  async add(definition: ServiceDefinition, env: Environment = {}): Promise<NestFastifyApplication> {
    const port = await freePort();
    const app = await startService(definition, {
      ...this.addresses(definition.name), PORT: String(port), MIGRATE_ON_START: 'true',
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent', ...env,
    });
    this.replicas.push({ name: definition.name, port, app });
    return app;
  }

  /** Starts one as a process of its own, which can be killed. It acknowledges within a second, or is asked again. */
  async spawn(options: Pick<ServiceProcessOptions, 'name' | 'program' | 'fault' | 'sabotage'> & { env?: Record<string, string> }): Promise<RunningServer> {
    const { directory } = this;
    const running = await startServiceProcess({ ...options, directory, env: { ...this.addresses(options.name), ...options.env } });
    this.processes.push({ name: options.name, running });
    return running;
  }

  /** Ends replicas of a service that run in this process, all of them if not told how many: one that is spawned is alone then. */
  async end(service: Service, count?: number): Promise<void> {
    const ended = this.replicas.filter(({ name }) => name === service).slice(0, count);
    this.replicas.splice(0, this.replicas.length, ...this.replicas.filter((replica) => !ended.includes(replica)));
    await Promise.all(ended.map(({ app }) => app.close()));
  }

  /** What a service that runs as a process of its own has written so far. */
  logOf(name: Service): string {
    return readFileSync(join(this.directory, `${name}.log`), 'utf8');
  }

  /** Kills the broker; `meanwhile` happens while it is away. @param loseStore all that it had stored is gone, too */
  async killBroker({ loseStore = false, meanwhile = async () => {} }: { loseStore?: boolean; meanwhile?: () => Promise<unknown> } = {}): Promise<void> {
    const { port, pid, exited } = this.nats;
    process.kill(pid, 'SIGKILL');
    await exited;
    await meanwhile();
    if (loseStore) rmSync(natsIn(this.directory).storeDir, { recursive: true });
    this.nats = await startNats({ ...natsIn(this.directory), port });
    await eventually('the cell is connected again', () => this.connection.jetstreamManager({ timeout: ANSWER_WITHIN_MS }), { timeoutMs: 20_000 });
  }

  /** @throws when a service tried what its user of NATS may not */
  async stop(): Promise<void> {
    await Promise.all(this.processes.map(({ running }) => running.stop()));
    await Promise.all(this.replicas.map(({ app }) => app.close()));
    await this.requester.onApplicationShutdown();
    await this.connection.close();
    await this.database.end();
    await this.nats.stop();
    const refused = natsRefusals(natsIn(this.directory).log);
    rmSync(this.directory, { recursive: true, force: true });
    if (refused.length > 0) throw new Error(`NATS refused: ${refused.join('; ')} (npm run contracts?)`);
  }

  /** Address of a service's HTTP server. */
  url(service: Service, replica = 0): string {
    return `http://127.0.0.1:${this.replicas.filter(({ name }) => name === service)[replica].port}`;
  }

  /** @throws DomainError as the service refused */
  ask<Question, Answer>(request: RequestDefinition<Question, Answer>, question: Question): Promise<Answer> {
    return this.requester.ask(request, question, { timeoutMs: 10_000 });
  }

  /** Stands in for a service that the cell doesn't run, from when this is done until what it returns is. */
  answer<Question, Answer>(
    request: RequestDefinition<Question, Answer>, answer: (question: Question) => Answer | Promise<Answer>,
  ): Promise<() => Promise<void>> {
    return standIn(this.connection, request, answer);
  }

  /** Rows of a service's schema; `bigint` comes as text here, cast it where it matters. */
  async rows<Row = Record<string, unknown>>(service: Service, sql: string, parameters: unknown[] = []): Promise<Row[]> {
    const connection = await this.database.connect();
    try {
      await connection.query(`set search_path = ${service}`);
      return (await connection.query(sql, parameters)).rows as Row[];
    } finally {
      connection.release();
    }
  }

  /**
   * Puts events onto the stream as another service would; `times` delivers each that often, under one event id, and
   * `republished` in the bulk lane, as state that is said again.
   */
  async publish(events: NewEvent[], { times = 1, shuffle = false, republished = false } = {}): Promise<Envelope[]> {
    const sealed = this.seal(events, republished);
    const copies = Array.from({ length: times }, () => sealed).flat();
    if (shuffle) copies.sort(() => Math.random() - 0.5);
    await this.deliver(copies);
    return sealed.map(({ envelope }) => envelope);
  }

  /** Puts a message onto a stream, as whoever may. @param id makes a repetition one message */
  async store({ subject, body }: { subject: string; body: string }, id?: string): Promise<void> {
    await this.connection.jetstream().publish(subject, body, { msgID: id, timeout: STORED_WITHIN_MS });
  }

  /** Gives events their ids, so that they can be delivered again and again, and in any order. */
  seal(events: NewEvent[], republished = false): SealedEvent[] {
    return events.map((event) => ({
      event, envelope: seal(event.definition.publishers[0], event, { correlationId: 'test', ...(republished ? { republished } : {}) }),
    }));
  }

  async deliver(sealed: SealedEvent[]): Promise<void> {
    const jetstream = this.connection.jetstream();
    for (const { event, envelope } of sealed) {
      await jetstream.publish(eventSubject(event.definition, event.tenant, envelope.republished ? 'bulk' : 'live'), JSON.stringify(envelope), { timeout: STORED_WITHIN_MS });
    }
  }

  /** What was published so far of a type, in order. */
  events<Data = unknown>(type: string): Envelope<Data>[] {
    return this.seen.filter((envelope) => envelope.type === type) as Envelope<Data>[];
  }

  /** For looking at streams and consumers. */
  jetstream(): Promise<JetStreamManager> {
    return this.connection.jetstreamManager();
  }

  async pauseConsumers(): Promise<void> {
    await Promise.all(this.replicas.map(({ app }) => app.get(Consumer, { strict: false }).pause()));
  }

  async resumeConsumers(): Promise<void> {
    await Promise.all(this.replicas.map(({ app }) => app.get(Consumer, { strict: false }).resume()));
  }

  /**
   * Every outbox is published, every event is handled, and that led to nothing further.
   * @throws when events went to the dead letters, unless the test is about them
   */
  async settled({ timeoutMs = SETTLED_WITHIN_MS, deadLetters = false } = {}): Promise<void> {
    let before: string | null = null;
    await eventually('outboxes published and consumers drained', async () => {
      const [last, now] = [before, before = await this.quiet()];
      return now !== null && now === last;
    }, { timeoutMs });
    if (deadLetters) return;
    if (this.violations.length) throw new Error(this.violations[0]);
    for (const name of this.names) {
      const [letter] = await this.rows<{ subject: string; error: string }>(name, 'select subject, error from dead_letter limit 1');
      if (letter) throw new Error(`${name} could not handle ${letter.subject}: ${letter.error}`);
    }
  }

  /** Where a service finds its servers, with credentials of its own. */
  private addresses(service: Service): { DATABASE_URL: string; NATS_URL: string } {
    return {
      DATABASE_URL: urlOfService(this.databaseUrl, service),
      NATS_URL: this.madeUp ? this.natsUrl : natsUrlOf(this.nats, service),
    };
  }

  private see(subject: string, text: string): void {
    const envelope = parsed(text);
    if (!envelope) return; // a test put it there, to see what becomes of it
    this.seen.push(envelope);
    try {
      checkAgainstPublished(subject, envelope);
      checkAgainstOurs(envelope);
    } catch (error) {
      this.violations.push(`${envelope.source} published ${envelope.type} against its contract: ${(error as Error).message}`);
    }
  }

  private get names(): Set<Service> {
    return new Set([...this.replicas, ...this.processes].map(({ name }) => name));
  }

  /**
   * Where streams and consumers are, when nothing is left to do at the moment of each look; else null. One look takes its time, in which something
   * may pass by it from one service to the next: only two that find the same tell that nothing did.
   */
  private async quiet(): Promise<string | null> {
    for (const name of this.names) {
      const [{ pending }] = await this.rows<{ pending: string }>(name, 'select count(*) as pending from outbox_pending');
      if (Number(pending) > 0) return null;
    }
    const seen: string[] = [];
    const manager = await this.jetstream();
    for await (const { config: { name }, state: { last_seq } } of manager.streams.list()) {
      seen.push(`${name} ${last_seq}`);
      for await (const consumer of manager.consumers.list(name)) {
        if (consumer.num_pending > 0 || consumer.num_ack_pending > 0) return null;
        seen.push(`${name} ${consumer.name} ${consumer.delivered.consumer_seq}`);
      }
    }
    return seen.join();
  }
}

export const startCell = (options: CellOptions): Promise<Cell> => Cell.start(options);

function parsed(text: string): Envelope | null {
  try {
    return JSON.parse(text) as Envelope;
  } catch {
    return null;
  }
}

const natsIn = (directory: string) => ({ storeDir: join(directory, 'nats'), log: join(directory, 'nats.log'), passwords: NATS_PASSWORDS });
