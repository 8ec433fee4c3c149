import { setTimeout as delay } from 'node:timers/promises';
import type { LoggedProcess } from '@headwater/embedded';

/** What can be started, and started again. */
export interface Program {
  name: string;
  /** Answers when the process runs; that of a server, when it accepts connections. Gives up when the signal is aborted. */
  start(signal: AbortSignal): Promise<LoggedProcess>;
  /** Undefined when it does its work, else why not. A program without it works as soon as it is started. */
  whatIsMissing?(): Promise<string | undefined>;
}

/** Who wants to know. */
export interface Watcher {
  started(supervisor: Supervisor, process: LoggedProcess): void;
  died(supervisor: Supervisor, how: string, againInMs: number): void;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;
/** Up for so long, a process has not died of how it was started. */
const STABLE_MS = 30_000;

/** Keeps one program running: what dies is started again, with a growing pause while it keeps dying. */
export class Supervisor {
  private readonly stopping = new AbortController();
  private process: LoggedProcess | undefined;
  private watching: Promise<void> = Promise.resolve();
  private deathsInARow = 0;

  constructor(private readonly program: Program, private readonly watcher: Watcher) {}

  get name(): string {
    return this.program.name;
  }

  async whatIsMissing(): Promise<string | undefined> {
    return this.program.whatIsMissing?.();
  }

  /** how often it died without having been up for long in between */
  get deaths(): number {
    return this.deathsInARow;
  }

  lastLines(count: number): string[] {
    return this.process?.lastLines(count) ?? [];
  }

  /** The first start; what goes wrong with it is raised. */
  async start(signal: AbortSignal): Promise<void> {
    const process = await this.launch(AbortSignal.any([signal, this.stopping.signal]));
    this.watching = this.keepRunning(process);
  }

  /** Ends the program and the watch over it. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.process?.stop();
    await this.watching;
  }

  private async launch(signal: AbortSignal): Promise<LoggedProcess> {
    const process = await this.program.start(signal);
    this.process = process;
    this.watcher.started(this, process);
    return process;
  }

  private async keepRunning(first: LoggedProcess): Promise<void> {
    let process: LoggedProcess | undefined = first;
    while (process) {
      const upSince = Date.now();
      const how = await process.exited;
      if (Date.now() - upSince >= STABLE_MS) this.deathsInARow = 0;
      process = await this.startAgain(how);
    }
  }

  /** Undefined when it is not to run any more. */
  private async startAgain(how: string): Promise<LoggedProcess | undefined> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const pause = Math.min(FIRST_PAUSE_MS * 2 ** this.deathsInARow, LONGEST_PAUSE_MS);
      this.deathsInARow += 1;
      this.watcher.died(this, how, pause);
      try {
        await delay(pause, undefined, { signal });
        const process = await this.launch(signal);
        if (!signal.aborted) return process;
        await process.stop();
      } catch (error) {
        how = (error as Error).message;
      }
    }
    return undefined;
  }
}
