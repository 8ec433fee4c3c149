import { readdirSync, readFileSync, statSync } from 'node:fs';
import { identifyProcess, type ProcessIdentity } from './process-identity';

/** What is known of a process that might be one of ours. */
export interface Candidate {
  pid: number;
  /** as the kernel names it: the executable's name, at most 15 characters */
  name: string;
  /** the command line */
  argv: string[];
}

/**
 * The running processes that `isOurs` says yes to. Reads /proc, so where there is none (macOS) it finds nothing, and the
 * servers' own lock files are what is left.
 */
export function findProcesses(isOurs: (candidate: Candidate) => boolean): ProcessIdentity[] {
  return pids().flatMap((pid) => {
    const candidate = look(pid);
    const identity = candidate && isOurs(candidate) ? identifyProcess(pid) : undefined;
    return identity ? [identity] : [];
  });
}

/** Whether the process's working directory is this very directory, whatever path either is known by. */
export function worksIn(pid: number, directory: string): boolean {
  try {
    const [theirs, ours] = [statSync(`/proc/${pid}/cwd`), statSync(directory)];
    return theirs.dev === ours.dev && theirs.ino === ours.ino;
  } catch {
    return false; // ended, or somebody else's process: either way not ours
  }
}

function pids(): number[] {
  try {
    return readdirSync('/proc').filter((entry) => /^\d+$/.test(entry)).map(Number);
  } catch {
    return [];
  }
}

function look(pid: number): Candidate | undefined {
  try {
    const name = readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
    const argv = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
    return { pid, name, argv };
  } catch {
    return undefined; // ended between two looks
  }
}
