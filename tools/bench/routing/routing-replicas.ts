import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, startServer, type RunningServer } from '@headwater/embedded';
import { RunError } from '../../instance/run-error';
import type { System } from '../../instance/system';

const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 10_000;

/** Starts further processes of routing, each as the launcher has started the one that runs. @returns what ends them */
export async function addReplicas({ instance }: System, count: number): Promise<() => Promise<void>> {
  const first = instance.processOf('routing');
  if (!first) throw new RunError('Routing is being restarted: it can not be measured');
  const [program = process.execPath, ...args] = readFileSync(`/proc/${first.pid}/cmdline`, 'utf8').split('\0').filter(Boolean);
  const environment = readFileSync(`/proc/${first.pid}/environ`, 'utf8').split('\0').filter(Boolean);
  const env = Object.fromEntries(environment.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
  const running: RunningServer[] = [];
  for (let i = 1; i <= count; i += 1) {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    running.push(await startServer({
      name: `routing ${i + 1}`, program, args, log: join(instance.home.directory, `routing-${i + 1}.log`), url, port, env: { ...env, PORT: String(port) },
      timeoutMs: READY_WITHIN_MS, stopSteps: [['SIGTERM', STOP_WITHIN_MS]],
      accepts: () => fetch(`${url}/health/ready`).then(({ ok }) => ok, () => false),
    }));
  }
  return async () => { await Promise.all(running.map((one) => one.stop())); };
}
