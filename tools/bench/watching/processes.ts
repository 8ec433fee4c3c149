import { readFileSync } from 'node:fs';

/** Of each process by its name. */
export type PerProcess = Record<string, number>;

/** Linux reports times to processes in hundredths of a second, whatever its clock. */
const TICKS_PER_SECOND = 100;
const MB = 1e6;
const KIB = 1_024;
/** Its work is done by children; a child that has ended leaves its time to the parent. */
const POSTGRES = 'postgres';

/** The processor time that each has used, in seconds; PostgreSQL's with that of all its processes. */
export function cpuSeconds(pids: Record<string, number>): PerProcess {
  return each(pids, (name, pid) => {
    const own = readTimes(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    if (name !== POSTGRES) return own.own;
    return own.own + own.ended + sum(childrenOf(pid), (child) => readTimes(readFileSync(`/proc/${child}/stat`, 'utf8')).own);
  });
}

/**
 * What each has resident, in MB of a million bytes: of a page that several have, each its share, so that the sum is what all
 * of them take (`Pss` in proc(5)). PostgreSQL's is that of all its processes.
 */
export function residentMb(pids: Record<string, number>): PerProcess {
  return each(pids, (name, pid) => {
    const family = name === POSTGRES ? [pid, ...childrenOf(pid)] : [pid];
    return sum(family, (one) => kibIn(readFileSync(`/proc/${one}/smaps_rollup`, 'utf8'), 'Pss')) * KIB / MB;
  });
}

export const differences = (after: PerProcess, before: PerProcess): PerProcess => each(after, (name, value) => value - before[name]!);

/** Of a process, from its /proc/…/stat: the seconds that it used itself, and those of its children that have ended. */
export function readTimes(stat: string): { own: number; ended: number } {
  // The second field is the program's name in parentheses and may hold spaces and parentheses itself.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ').map(Number);
  const [user, system, endedUser, endedSystem] = fields.slice(11, 15) as [number, number, number, number];
  return { own: (user + system) / TICKS_PER_SECOND, ended: (endedUser + endedSystem) / TICKS_PER_SECOND };
}

/** The number behind a name, in KiB. */
export const kibIn = (text: string, name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1]);

const each = (values: PerProcess, of: (name: string, value: number) => number): PerProcess =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, of(name, value)]));

const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);

/** A process that has ended since it was listed counts nothing: its parent has its time. */
const sum = (pids: number[], of: (pid: number) => number): number => pids.reduce((total, pid) => {
  try {
    return total + of(pid);
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return total;
    throw error;
  }
}, 0);
