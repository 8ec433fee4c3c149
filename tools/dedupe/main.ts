import { runTool } from '../instance/run-tool';
import { evaluate } from './evaluate';
import { HELP, readOptions } from './options';
import { linesOf, writeDocument } from './report';

runTool({
  help: HELP, readOptions,
  async run(options, terminal, stop) {
    const evaluation = await evaluate(options, terminal, stop);
    if (options.json) writeDocument(options.json, evaluation);
    for (const line of linesOf(evaluation, terminal)) terminal.line(line);
    return 0;
  },
});
