import { writeFileSync } from 'node:fs';
import { runTool } from '../instance/run-tool';
import { HELP, readOptions } from './options';
import { linesOf } from './report';
import { runBench } from './run-bench';

runTool({
  help: HELP, readOptions,
  async run(options, terminal, stop, cleanups) {
    const outcome = await runBench(options, terminal, stop, cleanups);
    if (options.json) writeFileSync(options.json, `${JSON.stringify(outcome, null, 2)}\n`);
    for (const line of linesOf(outcome, terminal)) terminal.line(line);
    return outcome.figures.every(({ holds }) => holds) ? 0 : 1;
  },
});
