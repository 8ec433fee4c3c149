import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { REPOSITORY } from '../../instance/instance';
import { RunError } from '../../instance/run-error';
import type { People } from './people';

export const LOAD_TOOLS = ['wrk', 'node'] as const;
export type LoadTool = (typeof LOAD_TOOLS)[number];

/** What a load process saw. */
export interface Answers {
  sent: number;
  /** how often each status, or error, came */
  statuses: Record<string, number>;
  /** of the first request and of the last answer, in milliseconds of the wall clock */
  started: number;
  ended: number;
  /** of the load process itself */
  cpu_s: number;
  /** of each request that was answered 201, in milliseconds */
  latencies: number[];
}

export interface Target {
  url: string;
  token: string;
}

const run = promisify(execFile);
const SCRIPT = join(REPOSITORY, 'tools', 'bench', 'load', 'load.lua');
/** What was begun in time is awaited for so long. */
const PATIENCE_S = 30;
const LARGEST_OUTPUT = 64 * 1024 * 1024;

/** Wrk costs less of the processors that it shares with what is measured; it is never installed from here. */
export const bestTool = (): LoadTool => (spawnSync('wrk', ['--version']).error ? 'node' : 'wrk');

/** Sends leads from a process of its own, as fast as they are answered. */
export class Load {
  /** @param templates file with the templates of the people */
  constructor(
    readonly tool: LoadTool, private readonly people: People, private readonly templates: string, private readonly signal: AbortSignal,
  ) {}

  /** @throws RunError when the load process fails; what the target answers is never an error */
  async run(target: Target, clients: number, seconds: number): Promise<Answers> {
    const [program, args] = this.command(target, clients, seconds);
    try {
      const timeout = (seconds + 2 * PATIENCE_S) * 1_000;
      const { stdout } = await run(program, args, { signal: this.signal, maxBuffer: LARGEST_OUTPUT, timeout });
      const answers = JSON.parse(stdout.slice(stdout.lastIndexOf('\n{') + 1)) as Answers;
      this.people.pass(answers.sent);
      return answers;
    } catch (error) {
      this.signal.throwIfAborted();
      throw new RunError(`The load process (${this.tool}) failed: ${(error as Error).message.split('\n')[0]}`, { cause: error });
    }
  }

  private command({ url, token }: Target, clients: number, seconds: number): [program: string, args: string[]] {
    const leads = [this.templates, String(this.people.first), String(seconds), token];
    if (this.tool === 'node') return [process.execPath, [join(__dirname, 'load.js'), url, ...leads, String(clients)]];
    const most = `${seconds + PATIENCE_S}s`;
    return ['wrk', ['-t1', `-c${clients}`, `-d${most}`, '--timeout', `${PATIENCE_S}s`, '-s', SCRIPT, url, '--', ...leads]];
  }
}

/** Stored, and answered so. */
export const createdIn = ({ statuses }: Answers): number => statuses['201'] ?? 0;

/** Promised: stored, or spooled and stored later. */
export const acceptedIn = (answers: Answers): number => createdIn(answers) + (answers.statuses['202'] ?? 0);

export const leadsPerSecond = (answers: Answers): number => createdIn(answers) / ((answers.ended - answers.started) / 1_000);
