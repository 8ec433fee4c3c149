import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';

/** Whom a child process runs as. */
export interface SystemUser {
  uid: number;
  gid: number;
}

/** `nobody` on every Linux distribution that has not given the name another number. */
const NOBODY: SystemUser = { uid: 65_534, gid: 65_534 };

/**
 * PostgreSQL refuses to run as root. As root this answers whom to run it as: who owns `existing` already, so that data
 * made by an ordinary user stays theirs, else `nobody`. For an ordinary user it is undefined: run it as you are.
 */
export function unprivilegedUser(existing: string): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = statSync(existing, { throwIfNoEntry: false });
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : nobody();
}

/** Whether the user may enter a directory. Asks the system as that user: permission bits are not the whole answer. */
export function canEnter(directory: string, user: SystemUser | undefined): boolean {
  return spawnSync('test', ['-x', directory], { ...user, cwd: '/' }).status === 0;
}

function nobody(): SystemUser {
  const line = readFileSync('/etc/passwd', 'utf8').split('\n').find((entry) => entry.startsWith('nobody:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : NOBODY;
}
