import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../libs/embedded/src';
import { eventually } from '../../libs/testing/src/eventually';
import { findPromtool } from './promtool';

const START_TIMEOUT_MS = 180_000;

/** Starts the whole of Headwater as `npm start` does, with a home of its own; the specs find it by `HEADWATER_RUN`. */
export default async function globalSetup(): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'headwater-e2e-'));
  const launcher = spawn(process.execPath, [join(__dirname, '../../tools/dist/launcher/main.js'), '--port', String(await freePort())], {
    env: { ...process.env, HEADWATER_HOME: home, DATABASE_URL: undefined, NATS_URL: undefined },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [launcher.stdout, launcher.stderr]) stream.on('data', (chunk: Buffer) => { said += chunk.toString(); });
  const run = join(home, 'run.json');
  await eventually('Headwater has started', () => {
    if (launcher.exitCode !== null) throw new Error(`The launcher ended with ${launcher.exitCode}:\n${said}`);
    return existsSync(run) && said.includes(JSON.parse(readFileSync(run, 'utf8')).url as string);
  }, { timeoutMs: START_TIMEOUT_MS });
  process.env.HEADWATER_RUN = run;
  process.env.HEADWATER_PROMTOOL = await findPromtool() ?? '';
  Object.assign(globalThis, { headwaterE2e: { launcher, home } });
}
