import { setTimeout as delay } from 'node:timers/promises';
import { EmbeddedServerError } from './embedded-server-error';
import { isRunning, signalProcess, type ProcessIdentity } from './process-identity';

/** A signal, and the milliseconds that the process has to end after it. */
export type StopStep = readonly [signal: NodeJS.Signals, graceMs: number];

const LOOK_AGAIN_MS = 20;
const KILL: StopStep = ['SIGKILL', 5_000];

/**
 * Ends a process: each step's signal in turn until it is gone, and SIGKILL at last. Does nothing when it is gone already.
 * @throws EmbeddedServerError when it outlives SIGKILL, or belongs to a user whose processes we may not signal
 */
export async function stopProcess(identity: ProcessIdentity, steps: readonly StopStep[]): Promise<void> {
  for (const [signal, graceMs] of [...steps, KILL]) {
    try {
      if (!signalProcess(identity, signal)) return;
    } catch (error) {
      throw new EmbeddedServerError(`Process ${identity.pid} runs as another user and can't be stopped by this one`, {
        cause: error,
      });
    }
    if (await endedWithin(identity, graceMs)) return;
  }
  throw new EmbeddedServerError(`Process ${identity.pid} is still there after SIGKILL`);
}

async function endedWithin(identity: ProcessIdentity, milliseconds: number): Promise<boolean> {
  const deadline = Date.now() + milliseconds;
  while (isRunning(identity)) {
    if (Date.now() >= deadline) return false;
    await delay(LOOK_AGAIN_MS);
  }
  return true;
}
