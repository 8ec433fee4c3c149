import { readFileSync, writeFileSync } from 'node:fs';
import { RunError } from '../instance/run-error';
import { runTool } from '../instance/run-tool';
import { judge } from './judge';
import { notesIn } from './labelled-note';
import { HELP, readOptions } from './options';
import { documentOf, linesOf } from './report';

runTool({
  help: HELP, readOptions,
  run(options, terminal) {
    const judgement = judge(notesIn(contentOf(options.file)));
    if (options.json) writeFileSync(options.json, `${JSON.stringify(documentOf(judgement), null, 2)}\n`);
    for (const line of linesOf(judgement, terminal, options.misses)) terminal.line(line);
    return Promise.resolve(0);
  },
});

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new RunError(`${file} can't be read: ${(error as Error).message}`);
  }
}
