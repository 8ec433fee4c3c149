import { existsSync, lstatSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { SERVICES, type Service } from '@headwater/contracts';
import { freePort, identifyProcess, startLoggedProcess, type LoggedProcess, type ProcessIdentity } from '@headwater/embedded';
import { homeAt, type Home } from '../launcher/home';
import { readJsonFile } from '../launcher/json-file';
import { whatIsMissing } from '../launcher/readiness';
import type { RunFacts } from '../launcher/run-file';
import type { Say } from '../launcher/terminal';
import { RunError } from './run-error';
import { until } from './until';

/** What the launcher keeps running. */
export type Part = Service | 'nats' | 'postgres';

export interface NewInstance {
  /** of the tool that it is for */
  name: string;
  /** what the services are to see beside what this process does */
  environment?: NodeJS.ProcessEnv;
}

export const REPOSITORY = resolve(__dirname, '..', '..', '..');

const LAUNCHER = join(REPOSITORY, 'tools', 'dist', 'launcher', 'main.js');
const READY_WITHIN_MS = 300_000;
/** The launcher gives each of its processes ten seconds. */
const STOP_WITHIN_MS = 60_000;

/** A Headwater of our own, run by the launcher as a process of its own: it restarts whatever is killed. */
export class Instance {
  private constructor(readonly home: Home, private readonly launcher: LoggedProcess) {}

  /** Answers when it is ready. @throws RunError with the end of the launcher's log */
  static async start({ name, environment }: NewInstance, signal: AbortSignal, say: Say): Promise<Instance> {
    const home = homeAt(mkdtempSync(join(tmpdir(), `headwater-${name}-`)));
    const launcher = await startLoggedProcess({
      name: 'the launcher', program: process.execPath, args: [LAUNCHER, '--no-demo', '--port', String(await freePort())],
      log: home.log('launcher'), stopSteps: [['SIGTERM', STOP_WITHIN_MS]],
      // A database or broker of somebody else's isn't ours to kill, or to fill.
      env: { ...process.env, ...environment, HEADWATER_HOME: home.directory, DATABASE_URL: undefined, NATS_URL: undefined },
    });
    const instance = new Instance(home, launcher);
    try {
      await until(() => instance.hasStarted(say), { signal, withinMs: READY_WITHIN_MS, what: 'Headwater to be ready' });
      return instance;
    } catch (error) {
      await instance.stop();
      instance.remove();
      throw error;
    }
  }

  /** What run.json says now. @throws RunError when the launcher has ended */
  facts(): RunFacts {
    const facts = readJsonFile<RunFacts>(this.home.run);
    if (facts && this.launcher.ended() === undefined) return facts;
    throw new RunError(`The launcher has ended (${this.launcher.ended()}):\n${this.launcher.lastLines(5).join('\n')}`);
  }

  /** Undefined while it is being restarted. */
  processOf(part: Part): ProcessIdentity | undefined {
    const pid = this.facts().pids[part];
    return pid === undefined ? undefined : identifyProcess(pid);
  }

  /** The postmaster as soon as it runs, which is before it accepts connections and run.json tells of it. */
  postmaster(): ProcessIdentity | undefined {
    try {
      const pid = Number.parseInt(readFileSync(join(this.home.postgres, 'postmaster.pid'), 'utf8'), 10);
      // The pid in a stale file may be anybody's.
      return realpathSync(`/proc/${pid}/cwd`) === realpathSync(this.home.postgres) ? identifyProcess(pid) : undefined;
    } catch {
      return this.processOf('postgres'); // no file yet, or no /proc
    }
  }

  /** Whether every service says of itself that all of it is well. */
  async isReady(): Promise<boolean> {
    const { ports } = this.facts();
    return (await Promise.all(SERVICES.map((service) => whatIsMissing(ports[service]!)))).every((missing) => missing === undefined);
  }

  async stop(): Promise<void> {
    await this.launcher.stop();
  }

  /** Everything that it kept; PostgreSQL's data may lie elsewhere, see `placeDataDir`. */
  remove(): void {
    const { directory, postgres } = this.home;
    if (lstatSync(postgres, { throwIfNoEntry: false })?.isSymbolicLink()) rmSync(realpathSync(postgres), { recursive: true, force: true });
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  }

  private hasStarted(say: Say): boolean {
    if (this.launcher.ended() !== undefined) {
      throw new RunError(`Headwater can't be started:\n${this.launcher.lastLines(10).join('\n')}`);
    }
    say(this.launcher.lastLines(1)[0]?.trim() ?? '');
    return existsSync(this.home.run);
  }
}
