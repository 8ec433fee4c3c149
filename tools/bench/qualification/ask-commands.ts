import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { RunError } from '../../instance/run-error';
import { percentile } from '../figures/statistics';

/** A command that each lead goes through; `{n}` in the path is the lead. */
export interface Step { name: string; method: 'POST' | 'PATCH'; path: string; body: object }

export interface CommandSample {
  /** commands */
  per_s: number;
  p50_ms: number;
  p99_ms: number;
  by_command: { command: string; p50_ms: number; p99_ms: number }[];
  /** commands that were answered 2xx, and leads that went through all of them */
  done: number;
  leads: number;
  /** what else came, with the first reason */
  errors: string | null;
}

interface Answers { started: number; ended: number; leads: number; latencies: number[][]; refused: Record<string, number>; refusal: string }

const run = promisify(execFile);
const PATIENCE_S = 60;
const LARGEST_OUTPUT = 64 * 1024 * 1024;

/** Takes leads through steps from a process of its own, as fast as they are answered. @throws RunError when that process fails */
export async function askCommands(
  { url, token, clients, seconds, steps, first, count }:
  { url: string; token: string; clients: number; seconds: number; steps: readonly Step[]; first: number; count: number }, signal: AbortSignal,
): Promise<CommandSample> {
  try {
    const { stdout } = await run(process.execPath,
      [join(__dirname, 'command-load.js'), url, token, String(clients), String(seconds), JSON.stringify(steps), String(first), String(count)],
      { signal, maxBuffer: LARGEST_OUTPUT, timeout: (seconds + PATIENCE_S) * 1_000 });
    return sampleOf(JSON.parse(stdout) as Answers, steps);
  } catch (error) {
    signal.throwIfAborted();
    throw new RunError(`The load process failed: ${(error as Error).message.split('\n')[0]}`, { cause: error });
  }
}

function sampleOf({ started, ended, leads, latencies, refused, refusal }: Answers, steps: readonly Step[]): CommandSample {
  const all = latencies.flat();
  const others = Object.entries(refused).map(([status, count]) => `${count} × ${status}`);
  return {
    per_s: all.length / ((ended - started) / 1_000), p50_ms: percentile(all, 50), p99_ms: percentile(all, 99), done: all.length, leads,
    by_command: steps.map(({ name }, i) => ({ command: name, p50_ms: percentile(latencies[i]!, 50), p99_ms: percentile(latencies[i]!, 99) })),
    errors: others.length > 0 ? `${others.join(', ')}: ${refusal}` : null,
  };
}
