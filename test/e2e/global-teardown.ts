import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import type { RunningServer } from '../../libs/embedded/src';

export default async function globalTeardown(): Promise<void> {
  const { headwaterE2e } = globalThis as { headwaterE2e?: { launcher: ChildProcess; directories: string[]; servers: RunningServer[] } };
  if (!headwaterE2e) return;
  const { launcher, directories, servers } = headwaterE2e;
  launcher.kill('SIGTERM');
  if (launcher.exitCode === null) await once(launcher, 'exit');
  for (const server of servers) await server.stop();
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
}
