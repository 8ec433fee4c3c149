import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';

export default async function globalTeardown(): Promise<void> {
  const { headwaterE2e } = globalThis as { headwaterE2e?: { launcher: ChildProcess; home: string } };
  if (!headwaterE2e) return;
  const { launcher, home } = headwaterE2e;
  launcher.kill('SIGTERM');
  if (launcher.exitCode === null) await once(launcher, 'exit');
  rmSync(home, { recursive: true, force: true });
}
