import { setTimeout as delay } from 'node:timers/promises';
import type { LoggedProcess } from '@headwater/embedded';
import type { Home } from './home';
import { LauncherError } from './launcher-error';
import { ProcessRecord } from './process-record';
import { Supervisor, type Program, type Watcher } from './supervisor';
import type { Say, Terminal } from './terminal';

/** What ends an instance. */
export interface Ending {
  /** in order, and gracefully */
  stop: AbortSignal;
  /** at once */
  kill: AbortSignal;
}

const LOOK_AGAIN_MS = 100;
const READY_WITHIN_MS = 120_000;
const HOPELESS_AFTER_DEATHS = 3;
const LOG_LINES = 12;

/** The processes of one running Headwater: kept alive, recorded, and stopped in order. */
export class Instance implements Watcher {
  private readonly servers: Supervisor[] = [];
  private readonly services: Supervisor[] = [];
  private readonly record: ProcessRecord;
  private readonly hasDied = new Set<string>();

  /** @param onChange is called when a process was started, or has ended */
  constructor(
    private readonly home: Home, private readonly terminal: Terminal, private readonly ending: Ending,
    onChange: () => void,
  ) {
    this.record = new ProcessRecord(home.processes, onChange);
    ending.kill.addEventListener('abort', () => this.record.kill());
  }

  pids(): Record<string, number> {
    return this.record.pids();
  }

  /** Starts a server that the services need; answers when it accepts connections. */
  async runServer(program: Program): Promise<void> {
    await this.run(program, this.servers);
  }

  /**
   * Starts the services side by side, and answers when all of them do their work.
   * @throws LauncherError with the end of its log when one keeps dying, or isn't ready in two minutes
   */
  async runServices(programs: Program[], say: Say): Promise<void> {
    await Promise.all(programs.map((program) => this.run(program, this.services)));
    const deadline = Date.now() + READY_WITHIN_MS;
    let missing = await this.notReady();
    while (missing.length > 0) {
      this.giveUpOnTheHopeless();
      if (Date.now() > deadline) throw this.notInTime(missing);
      const waitingFor = missing.map(({ name }) => name).join(', ');
      say(`${programs.length - missing.length} of ${programs.length} are ready, waiting for ${waitingFor}`);
      await delay(LOOK_AGAIN_MS, undefined, { signal: this.ending.stop });
      missing = await this.notReady();
    }
  }

  /** Ends everything: the services first, then what they use. */
  async stop(): Promise<void> {
    await Promise.all(this.services.map((service) => service.stop()));
    for (const server of this.servers.toReversed()) await server.stop();
  }

  started(supervisor: Supervisor, { identity, exited }: LoggedProcess): void {
    const { name } = supervisor;
    if (identity) this.record.add(name, identity);
    void exited.then(() => this.record.remove(name));
    if (this.hasDied.has(name)) void this.announceReturn(supervisor);
  }

  died({ name }: Supervisor, how: string, againInMs: number): void {
    this.hasDied.add(name);
    this.terminal.line(this.terminal.emphasize('yellow', `  ! ${name} ended (${how}); starting it again in ${againInMs} ms`));
  }

  private async run(program: Program, among: Supervisor[]): Promise<void> {
    const supervisor = new Supervisor(program, this);
    among.push(supervisor);
    await supervisor.start(this.ending.stop);
  }

  private async announceReturn(supervisor: Supervisor): Promise<void> {
    const { deaths } = supervisor;
    while (!this.ending.stop.aborted && (await supervisor.whatIsMissing()) !== undefined) {
      if (supervisor.deaths !== deaths) return; // it died again: its next start has its own announcement
      await delay(LOOK_AGAIN_MS);
    }
    if (!this.ending.stop.aborted) this.terminal.line(this.terminal.emphasize('green', `  ✓ ${supervisor.name} is back`));
  }

  private async notReady(): Promise<{ name: string; why: string }[]> {
    const reasons = await Promise.all(this.services.map((service) => service.whatIsMissing()));
    return this.services.flatMap(({ name }, index) => {
      const why = reasons[index];
      return why === undefined ? [] : [{ name, why }];
    });
  }

  private giveUpOnTheHopeless(): void {
    const hopeless = this.services.find(({ deaths }) => deaths >= HOPELESS_AFTER_DEATHS);
    if (!hopeless) return;
    const { name } = hopeless;
    throw new LauncherError([
      `The service ${name} ended ${hopeless.deaths} times while starting; its log, ${this.home.log(name)}, says:`,
      ...hopeless.lastLines(LOG_LINES),
    ].join('\n    '));
  }

  private notInTime(missing: { name: string; why: string }[]): LauncherError {
    const reasons = missing.map(({ name, why }) => `${name} (${why}; log: ${this.home.log(name)})`);
    return new LauncherError(`Not ready after ${READY_WITHIN_MS / 1_000} s: ${reasons.join(', ')}`);
  }
}
