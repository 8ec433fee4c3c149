import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { EmbeddedServerError } from './embedded-server-error';
import { identifyProcess, signalProcess, type ProcessIdentity } from './process-identity';
import { stopProcess, type StopStep } from './stop-process';
import type { SystemUser } from './unprivileged-user';

export interface LoggedProcessOptions {
  /** what people know it by */
  name: string;
  program: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  /** file that its output is appended to */
  log: string;
  /** tried in turn by `stop`, SIGKILL after the last */
  stopSteps: readonly StopStep[];
  user?: SystemUser;
}

/** A child process whose output goes to a file, so that it can outlive us without breaking on a closed pipe. */
export interface LoggedProcess {
  pid: number;
  child: ChildProcess;
  /** undefined when it ended before it could be looked at */
  identity: ProcessIdentity | undefined;
  /** settles when the process has ended, with how: `exit code 1`, `SIGKILL` */
  exited: Promise<string>;
  /** how it ended, as soon as it did */
  ended(): string | undefined;
  /** Ends it gracefully, by force when that takes too long. Safe to call again, and after it has ended by itself. */
  stop(): Promise<void>;
  /** the last lines that it wrote, without those of former processes in the same file */
  lastLines(count: number): string[];
}

/**
 * Starts a program in a session of its own, so that a Ctrl-C in the terminal reaches only us and we end things in order.
 * @throws EmbeddedServerError when the program can't be started at all
 */
export async function startLoggedProcess(options: LoggedProcessOptions): Promise<LoggedProcess> {
  const { name, program, args, env, log, stopSteps, user } = options;
  mkdirSync(dirname(log), { recursive: true });
  const output = openSync(log, 'a');
  const logStart = statSync(log).size;
  const child = spawn(program, args, { ...user, env, cwd: '/', detached: true, stdio: ['ignore', output, output] });
  closeSync(output);
  let ended: string | undefined;
  const exited = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve((ended = signal ?? `exit code ${code}`)));
  });
  try {
    await once(child, 'spawn');
  } catch (error) {
    throw new EmbeddedServerError(`${name} can't be started: ${(error as Error).message}`, { cause: error });
  }
  const pid = child.pid!;
  const identity = identifyProcess(pid);
  if (identity) endsWithUs(identity, stopSteps[0]?.[0] ?? 'SIGKILL', exited);
  return {
    pid, child, identity, exited,
    ended: () => ended,
    async stop() {
      if (identity) await stopProcess(identity, stopSteps);
      await exited;
    },
    lastLines: (count) => readFileSync(log).subarray(logStart).toString().trimEnd().split('\n').slice(-count),
  };
}

const running = new Map<ProcessIdentity, NodeJS.Signals>();

/** Asks the process to end when we exit without having stopped it: a crash or a forgotten stop must not leave servers. */
function endsWithUs(identity: ProcessIdentity, signal: NodeJS.Signals, exited: Promise<unknown>): void {
  if (running.size === 0) process.on('exit', signalAll);
  running.set(identity, signal);
  void exited.then(() => {
    running.delete(identity);
    if (running.size === 0) process.off('exit', signalAll);
  });
}

function signalAll(): void {
  for (const [identity, signal] of running) signalProcess(identity, signal);
}
