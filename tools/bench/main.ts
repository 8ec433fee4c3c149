import { writeFileSync } from 'node:fs';
import { EmbeddedServerError } from '@headwater/embedded';
import { RunError } from '../instance/run-error';
import { stopOfThisProcess } from '../instance/stop-signal';
import { Cleanups } from '../launcher/cleanups';
import { LauncherError } from '../launcher/launcher-error';
import { Terminal } from '../launcher/terminal';
import { HELP, readOptions } from './options';
import { linesOf } from './report';
import { runBench } from './run-bench';

const INTERRUPTED = 130;

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  const terminal = new Terminal(process.stdout, !process.env.NO_COLOR);
  if (options.help) {
    terminal.line(HELP.trim());
    return 0;
  }
  const stop = stopOfThisProcess();
  const cleanups = new Cleanups();
  try {
    const outcome = await runBench(options, terminal, stop, cleanups);
    if (options.json) writeFileSync(options.json, `${JSON.stringify(outcome, null, 2)}\n`);
    for (const line of linesOf(outcome, terminal)) terminal.line(line);
    return outcome.figures.every(({ holds }) => holds) ? 0 : 1;
  } catch (error) {
    if (stop.aborted) return INTERRUPTED;
    throw error;
  } finally {
    await cleanups.run();
  }
}

main().then((code) => process.exit(code), (error: Error) => {
  const isExpected = [RunError, LauncherError, EmbeddedServerError].some((type) => error instanceof type);
  process.stderr.write(`\n${isExpected ? error.message : error.stack}\n`);
  process.exit(1);
});
