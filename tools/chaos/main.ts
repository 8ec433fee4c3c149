import { writeFileSync } from 'node:fs';
import { EmbeddedServerError } from '@headwater/embedded';
import { RunError } from '../instance/run-error';
import { stopOfThisProcess } from '../instance/stop-signal';
import { Cleanups } from '../launcher/cleanups';
import { LauncherError } from '../launcher/launcher-error';
import { Terminal } from '../launcher/terminal';
import { HELP, readOptions } from './options';
import { conclusionOf, failuresOf, gapsOf, numbersOf, tableOf, type Outcome } from './report';
import { runChaos } from './run-chaos';

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
    const outcome = await runChaos(options, terminal, stop, cleanups);
    if (options.json) writeFileSync(options.json, `${JSON.stringify(numbersOf(outcome), null, 2)}\n`);
    terminal.line();
    for (const line of tableOf(outcome, terminal)) terminal.line(line);
    terminal.line();
    return conclude(outcome, terminal);
  } catch (error) {
    if (stop.aborted) return INTERRUPTED;
    throw error;
  } finally {
    await cleanups.run();
  }
}

/** The verdict in words. @returns the exit code */
function conclude(outcome: Outcome, terminal: Terminal): number {
  for (const sentence of [...failuresOf(outcome), ...gapsOf(outcome)]) terminal.line(`  ${terminal.emphasize('red', '✗')} ${sentence}`);
  const { isGood, sentence } = conclusionOf(outcome);
  terminal.line(`  ${terminal.emphasize(isGood ? 'green' : 'red', sentence)}`);
  return isGood ? 0 : 1;
}

main().then((code) => process.exit(code), (error: Error) => {
  const isExpected = [RunError, LauncherError, EmbeddedServerError].some((type) => error instanceof type);
  process.stderr.write(`\n${isExpected ? error.message : error.stack}\n`);
  process.exit(1);
});
