import type { Ending } from './instance';

/** One Ctrl-C comes twice under npm: from the terminal, and passed on by npm. */
const SAME_REQUEST_MS = 1_000;
const LOOK_AGAIN_MS = 500;

/** Told to stop by the terminal, by a process manager, or by npm's end; told a second time, it ends at once. */
export function endingOfThisProcess(): Ending {
  const stop = new AbortController();
  const kill = new AbortController();
  let asked = 0;
  const onSignal = (): void => {
    if (!stop.signal.aborted) {
      asked = Date.now();
      stop.abort();
    } else if (Date.now() - asked > SAME_REQUEST_MS) {
      kill.abort();
      process.exit(1);
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  if (process.env.npm_lifecycle_event === 'start') stopWithParent(stop);
  return { stop: stop.signal, kill: kill.signal };
}

/** Between npm and us is a shell that dies of the signal that npm passes on, and tells nobody. */
function stopWithParent(stop: AbortController): void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    stop.abort();
  }, LOOK_AGAIN_MS);
  watch.unref();
}
