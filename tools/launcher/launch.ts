import { once } from 'node:events';
import { freePort, isPortFree } from '@headwater/testing';
import { Cleanups } from './cleanups';
import type { DemoDocuments } from './demo/documents';
import { runDemo } from './demo/run-demo';
import { makeHome, type Home } from './home';
import { Instance, type Ending } from './instance';
import { LauncherError } from './launcher-error';
import { takeLock } from './lock';
import { stopOrphans } from './process-record';
import { RunFile } from './run-file';
import { keepDemoKeys, loadSecrets, type Secrets } from './secrets';
import { broker, database, type Server } from './servers';
import { requireBuilt, serviceProgram, type Service } from './services';
import type { Say, Terminal } from './terminal';
import { welcome } from './welcome';

export interface Plan {
  home: Home;
  /** of the gateway */
  port: number;
  services: Service[];
  /** undefined: no demo tenant, no sample leads */
  demo: DemoDocuments | undefined;
  /** what the services inherit; DATABASE_URL and NATS_URL in it say that those servers are somebody else's */
  environment: NodeJS.ProcessEnv;
  terminal: Terminal;
}

/**
 * Runs one instance until it is told to stop, and leaves nothing running.
 * @throws LauncherError, EmbeddedServerError in one sentence for what its user can put right; everything is stopped then
 */
export async function launch(plan: Plan, ending: Ending): Promise<void> {
  const cleanups = new Cleanups();
  try {
    await bringUp(plan, ending, cleanups);
    if (!ending.stop.aborted) await once(ending.stop, 'abort');
  } catch (error) {
    if (!ending.stop.aborted) throw error; // else it was interrupted, and says no more than that
  } finally {
    await cleanups.run();
  }
}

async function bringUp({ home, port, terminal, ...plan }: Plan, ending: Ending, cleanups: Cleanups): Promise<void> {
  const url = `http://127.0.0.1:${port}`;
  makeHome(home);
  cleanups.add(takeLock(home.lock, url));
  const run = new RunFile(home.run);
  await cleanUpAfterKill(home, terminal);
  await requireFree(port);
  requireBuilt(plan.services);
  const secrets = loadSecrets(home.secrets);

  const pids = (): Record<string, number> => ({ launcher: process.pid, ...instance.pids() });
  const instance: Instance = new Instance(home, terminal, ending, () => run.updatePids(pids()));
  cleanups.add(() => stopInSight(instance, terminal));
  cleanups.add(() => run.withdraw());

  const { DATABASE_URL, NATS_URL } = plan.environment;
  const postgres = await runServer('PostgreSQL', (say) => database(home, secrets.postgres_password, DATABASE_URL, say), instance, terminal);
  const nats = await runServer('NATS', (say) => broker(home, NATS_URL, say), instance, terminal);
  const ports = await choosePorts(plan.services, port);
  const programs = plan.services.map((service) => serviceProgram(service, ports[service.name]!, home.log(service.name),
    serviceEnvironment(service, ports[service.name]!, { postgres, nats, secrets, inherited: plan.environment })));
  await terminal.step('Services', (say) => instance.runServices(programs, say), () => `${programs.length} are ready`);

  const demo = plan.demo && (await runDemo(url, secrets, plan.demo, terminal, ending.stop));
  if (demo) keepDemoKeys(home.secrets, secrets, demo);
  run.publish({
    url,
    api_key: demo?.api_key ?? null,
    rep_token: demo?.rep_token ?? null,
    form_key: demo?.form_key ?? null,
    tenant: demo?.tenant ?? null,
    other_tenant_api_key: demo?.other_tenant_api_key ?? null,
    operator_token: secrets.operator_token,
    ports: { ...ports, postgres: postgres.port, nats: nats.port },
    pids: pids(),
    database_url: postgres.url,
    nats_url: nats.url,
    started_at: new Date().toISOString(),
  });
  welcome(url, demo?.api_key ?? null, home, terminal);
}

function stopInSight(instance: Instance, terminal: Terminal): Promise<void> {
  if (Object.keys(instance.pids()).length === 0) return instance.stop();
  return terminal.step('Stopping', () => instance.stop(), () => 'everything has ended; the data stays');
}

async function cleanUpAfterKill(home: Home, terminal: Terminal): Promise<void> {
  const stopped = await stopOrphans(home.processes);
  if (stopped.length > 0) terminal.line(`  A launcher was killed here; stopped what it left running: ${stopped.join(', ')}`);
}

async function requireFree(port: number): Promise<void> {
  const isFree = await isPortFree(port).catch((error: NodeJS.ErrnoException) => {
    throw new LauncherError(`Port ${port} can't be used by this user (${error.code}): choose another with --port N`, { cause: error });
  });
  if (!isFree) throw new LauncherError(`Port ${port} is taken by another program: choose another with --port N`);
}

function runServer(
  title: string, find: (say: Say) => Promise<Server>, instance: Instance, terminal: Terminal,
): Promise<Server> {
  return terminal.step(title, async (say) => {
    const server = await find(say);
    if (server.program) await instance.runServer(server.program);
    return server;
  }, ({ port }) => (port === null ? 'yours is used' : `listens on port ${port}`));
}

async function choosePorts(services: Service[], port: number): Promise<Record<string, number>> {
  const ports: Record<string, number> = {};
  for (const { name, isEdge } of services) ports[name] = isEdge ? port : await freePort();
  return ports;
}

interface Surroundings {
  postgres: Server;
  nats: Server;
  secrets: Secrets;
  inherited: NodeJS.ProcessEnv;
}

function serviceEnvironment({ isEdge }: Service, port: number, { postgres, nats, secrets, inherited }: Surroundings): NodeJS.ProcessEnv {
  return {
    LOG_LEVEL: 'warn',
    ...inherited,
    DATABASE_URL: postgres.url,
    NATS_URL: nats.url,
    HOST: '127.0.0.1', // some shells export the machine's name as HOST
    PORT: String(port),
    MIGRATE_ON_START: 'true',
    ...(isEdge ? { JWT_SECRET: secrets.jwt_secret, OPERATOR_TOKEN: secrets.operator_token } : {}),
  };
}
