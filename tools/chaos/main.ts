import { writeFileSync } from 'node:fs';
import { runTool } from '../instance/run-tool';
import type { Terminal } from '../launcher/terminal';
import { HELP, readOptions } from './options';
import { conclusionOf, failuresOf, gapsOf, numbersOf, tableOf, type Outcome } from './report';
import { runChaos } from './run-chaos';

runTool({
  help: HELP, readOptions,
  async run(options, terminal, stop, cleanups) {
    const outcome = await runChaos(options, terminal, stop, cleanups);
    if (options.json) writeFileSync(options.json, `${JSON.stringify(numbersOf(outcome), null, 2)}\n`);
    terminal.line();
    for (const line of tableOf(outcome, terminal)) terminal.line(line);
    terminal.line();
    return conclude(outcome, terminal);
  },
});

/** The verdict in words. @returns the exit code */
function conclude(outcome: Outcome, terminal: Terminal): number {
  for (const sentence of [...failuresOf(outcome), ...gapsOf(outcome)]) terminal.line(`  ${terminal.emphasize('red', '✗')} ${sentence}`);
  const { isGood, sentence } = conclusionOf(outcome);
  terminal.line(`  ${terminal.emphasize(isGood ? 'green' : 'red', sentence)}`);
  return isGood ? 0 : 1;
}
