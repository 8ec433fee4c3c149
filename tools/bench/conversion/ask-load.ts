import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { RunError } from '../../instance/run-error';
import { percentile } from '../figures/statistics';

export interface Asked {
  /** `{n}` is a number of its own for each request, `{q}` one of the texts */
  url: string;
  token: string;
  clients: number;
  seconds: number;
  /** sent by POST to numbers from `first` on, at most `count` of them; or texts that are asked for by GET, in turns */
  what: { body: object; first: number; count: number } | { texts: readonly string[] };
}

/** What came of it. */
export interface AskedSample {
  per_s: number;
  p50_ms: number;
  p99_ms: number;
  /** answered 200 */
  done: number;
  sent: number;
  /** what else came, with the first reason */
  errors: string | null;
}

interface Answers { sent: number; statuses: Record<string, number>; started: number; ended: number; latencies: number[]; refusal: string }

const run = promisify(execFile);
const PATIENCE_S = 60;
const LARGEST_OUTPUT = 64 * 1024 * 1024;

/** Asks from a process of its own, as fast as it is answered. @throws RunError when that process fails */
export async function askAll({ url, token, clients, seconds, what }: Asked, signal: AbortSignal): Promise<AskedSample> {
  const rest = 'texts' in what ? ['GET', JSON.stringify(what.texts), '0', String(Number.MAX_SAFE_INTEGER)]
    : ['POST', JSON.stringify(what.body), String(what.first), String(what.count)];
  try {
    const { stdout } = await run(process.execPath, [join(__dirname, 'convert-load.js'), url, token, String(clients), String(seconds), ...rest],
      { signal, maxBuffer: LARGEST_OUTPUT, timeout: (seconds + PATIENCE_S) * 1_000 });
    return sampleOf(JSON.parse(stdout) as Answers);
  } catch (error) {
    signal.throwIfAborted();
    throw new RunError(`The load process failed: ${(error as Error).message.split('\n')[0]}`, { cause: error });
  }
}

export function sampleOf({ sent, statuses, started, ended, latencies, refusal }: Answers): AskedSample {
  const others = Object.entries(statuses).filter(([status]) => status !== '200');
  return {
    per_s: latencies.length / ((ended - started) / 1_000), p50_ms: percentile(latencies, 50), p99_ms: percentile(latencies, 99), done: latencies.length, sent,
    errors: others.length > 0 ? `${others.map(([status, count]) => `${count} × ${status}`).join(', ')}: ${refusal}` : null,
  };
}
