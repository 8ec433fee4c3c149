import { rmSync } from 'node:fs';
import type { RunningServer } from '../../libs/embedded/src';

export default async function globalTeardown(): Promise<void> {
  const { headwaterTests } = globalThis as { headwaterTests?: { postgres: RunningServer; directory: string } };
  if (!headwaterTests) return;
  await headwaterTests.postgres.stop();
  rmSync(headwaterTests.directory, { recursive: true, force: true });
}
