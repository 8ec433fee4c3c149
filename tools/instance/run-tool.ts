import { EmbeddedServerError } from '@headwater/embedded';
import { Cleanups } from '../launcher/cleanups';
import { LauncherError } from '../launcher/launcher-error';
import { Terminal } from '../launcher/terminal';
import { RunError } from './run-error';
import { stopOfThisProcess } from './stop-signal';

const INTERRUPTED = 130;

/** A program that runs a Headwater of its own. */
export interface Tool<Options extends { help: boolean }> {
  help: string;
  /** @throws RunError in one sentence */
  readOptions(argv: string[]): Options;
  /** @returns the exit code */
  run(options: Options, terminal: Terminal, stop: AbortSignal, cleanups: Cleanups): Promise<number>;
}

/** The whole of a tool's main: runs it, undoes what it started, and ends the process. What can't be done is said in a sentence. */
export function runTool<Options extends { help: boolean }>(tool: Tool<Options>): void {
  exitCodeOf(tool).then((code) => process.exit(code), (error: Error) => {
    const isExpected = [RunError, LauncherError, EmbeddedServerError].some((type) => error instanceof type);
    process.stderr.write(`\n${isExpected ? error.message : error.stack}\n`);
    process.exit(1);
  });
}

async function exitCodeOf<Options extends { help: boolean }>({ help, readOptions, run }: Tool<Options>): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  const terminal = new Terminal(process.stdout, !process.env.NO_COLOR);
  if (options.help) {
    terminal.line(help.trim());
    return 0;
  }
  const stop = stopOfThisProcess();
  const cleanups = new Cleanups();
  try {
    return await run(options, terminal, stop, cleanups);
  } catch (error) {
    if (stop.aborted) return INTERRUPTED;
    throw error;
  } finally {
    await cleanups.run();
  }
}
