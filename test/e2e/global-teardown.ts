import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningServer } from '../../libs/embedded/src';
import { natsRefusals } from '../../libs/testing/src/nats-refusals';

export default async function globalTeardown(): Promise<void> {
  const { headwaterE2e } = globalThis as { headwaterE2e?: { launcher: ChildProcess; home: string; behind: string; servers: RunningServer[] } };
  if (!headwaterE2e) return;
  const { launcher, home, behind, servers } = headwaterE2e;
  launcher.kill('SIGTERM');
  if (launcher.exitCode === null) await once(launcher, 'exit');
  for (const server of servers) await server.stop();
  const refused = natsRefusals(join(home, 'logs', 'nats.log'));
  for (const directory of [home, behind]) rmSync(directory, { recursive: true, force: true });
  if (refused.length > 0) throw new Error(`NATS refused: ${refused.join('; ')} (npm run contracts?)`);
}
