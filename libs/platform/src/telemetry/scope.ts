import { AsyncLocalStorage } from 'node:async_hooks';

/** What somebody is being served with: log lines say it, and questions to other services hand it on. */
export interface Scope {
  correlation_id?: string;
  tenant?: string;
  /** W3C trace context of what is being done */
  traceparent?: string;
  /** what is being worked on; it may hold a person, so none of its texts may stand in a log line */
  material?: unknown;
}

const storage = new AsyncLocalStorage<Scope>();
/** Pieces of work that run within a scope at the moment. */
let running = 0;
/** The subject of the line that is being written. */
let spokenOf: Scope | undefined;

/** Whose work the caller is doing; undefined for nobody's in particular, such as a batch of many. */
export const currentScope = (): Scope | undefined => spokenOf ?? storage.getStore();

/** Everything that is logged and asked until the work ends belongs to the scope. */
export async function within<T>(scope: Scope, work: () => T | Promise<T>): Promise<T> {
  const leave = hold();
  try {
    return await storage.run(scope, work);
  } finally {
    leave();
  }
}

/**
 * For work that goes on in callbacks: let each of them `enter`, and `leave` when it is over. On Node.js before 24 following a
 * scope costs every promise of the process some 0.2 µs (a tenth of what a captured lead costs the gateway), so nothing is
 * followed while nobody is within one, and what is hot goes without: it says by hand whom its lines are about.
 */
export function hold(): () => void {
  running += 1;
  return () => {
    running -= 1;
    if (running === 0) storage.disable();
  };
}

/** Continues within a scope that is held. */
export const enter = <T>(scope: Scope, work: () => T): T => storage.run(scope, work);

/** Lines that are written here are about the scope, whoever's work it is. */
export function about(scope: Scope, write: () => void): void {
  const before = spokenOf;
  spokenOf = scope;
  try {
    write();
  } finally {
    spokenOf = before;
  }
}
