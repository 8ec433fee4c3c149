import { once } from 'node:events';
import { claimPort, freePort, makeRoles } from '@headwater/embedded';
import { Cleanups } from './cleanups';
import type { DemoDocuments } from './demo/documents';
import { runDemo } from './demo/run-demo';
import { makeHome, type Home } from './home';
import { Instance, type Ending } from './instance';
import { LauncherError } from './launcher-error';
import { takeLock } from './lock';
import { stopOrphans } from './process-record';
import { NO_DEMO, RunFile, type RunFacts } from './run-file';
import { keepDemoKeys, loadSecrets, type Secrets } from './secrets';
import { broker, database, type Server } from './servers';
import { requireBuilt, serviceProgram, type Service } from './services';
import type { Program } from './supervisor';
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

async function bringUp(plan: Plan, ending: Ending, cleanups: Cleanups): Promise<void> {
  const { home, port, terminal } = plan;
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
  const addresses = await startEverything(plan, secrets, instance);

  const demo = plan.demo && (await runDemo(url, secrets, plan.demo, terminal, ending.stop));
  if (demo) keepDemoKeys(home.secrets, secrets, demo);
  run.publish({
    url, ...(demo ?? NO_DEMO), operator_token: secrets.operator_token, ...addresses, pids: pids(),
    started_at: new Date().toISOString(),
  });
  welcome(url, demo?.api_key ?? null, home, terminal);
}

/** PostgreSQL, NATS, and then the services, which need both. */
async function startEverything(
  { home, port, services, environment, terminal }: Plan, secrets: Secrets, instance: Instance,
): Promise<Pick<RunFacts, 'ports' | 'database_url' | 'nats_url'>> {
  const { DATABASE_URL, NATS_URL } = environment;
  const postgres = await startServer('PostgreSQL', instance, terminal, (say) =>
    database(home, secrets, DATABASE_URL, say));
  await makeRoles(postgres.url, secrets.database_passwords);
  const nats = await startServer('NATS', instance, terminal, (say) => broker(home, secrets.nats_passwords, NATS_URL, say));

  const ports: RunFacts['ports'] = { postgres: postgres.port, nats: nats.port };
  const programs: Program[] = [];
  for (const service of services) {
    const own = service.isEdge ? port : await freePort();
    ports[service.name] = own;
    programs.push(serviceProgram(service, own, home.log(service.name), {
      postgres, nats, secrets, environment,
    }));
  }
  await terminal.step('Services', (say) => instance.runServices(programs, say), () => `${programs.length} are ready`);
  return { ports, database_url: postgres.url, nats_url: nats.url };
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
  const isFree = await claimPort(port).catch((cause: NodeJS.ErrnoException) => {
    throw new LauncherError(`Port ${port} can't be used by this user (${cause.code}): choose another with --port N`, { cause });
  });
  if (!isFree) throw new LauncherError(`Port ${port} is taken by another program: choose another with --port N`);
}

function startServer(
  title: string, instance: Instance, terminal: Terminal, find: (say: Say) => Promise<Server>,
): Promise<Server> {
  return terminal.step(title, async (say) => {
    const server = await find(say);
    if (server.program) await instance.runServer(server.program);
    return server;
  }, ({ port }) => (port === null ? 'yours is used' : `listens on port ${port}`));
}
