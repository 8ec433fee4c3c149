import { setMaxListeners } from 'node:events';

const LOOK_AGAIN_MS = 500;

/** Told to stop by the terminal, by a time limit, or by npm's end, which reaches only the shell between npm and us. */
export function stopOfThisProcess(): AbortSignal {
  const stop = new AbortController();
  setMaxListeners(0, stop.signal); // thousands of requests listen to it, and let go of it only when they are collected
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
  const parent = process.ppid;
  const watch = setInterval(() => process.ppid === parent || stop.abort(), LOOK_AGAIN_MS);
  watch.unref();
  return stop.signal;
}
