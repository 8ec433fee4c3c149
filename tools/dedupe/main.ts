import { writeFileSync } from 'node:fs';
import { runTool } from '../instance/run-tool';
import { evaluate } from './evaluate';
import { HELP, readOptions } from './options';
import { documentOf, linesOf } from './report';

runTool({
  help: HELP, readOptions,
  async run(options, terminal, stop) {
    const evaluation = await evaluate(options, terminal, stop);
    if (options.json) writeFileSync(options.json, `${JSON.stringify(documentOf(evaluation), null, 2)}\n`);
    for (const line of linesOf(evaluation, terminal)) terminal.line(line);
    return 0;
  },
});
