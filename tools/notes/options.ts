import { flag, readCommandLine, text } from '../instance/command-line';
import { RunError } from '../instance/run-error';

export interface Options {
  file: string;
  /** print each element that was read otherwise than expected */
  misses: boolean;
  /** where the numbers are written */
  json?: string;
  help: boolean;
}

export const HELP = `
Usage: npm run notes:evaluate -- --file F.jsonl [options]

Reads qualification notes as qualification would, and says how well: precision and recall of budget, authority, need and timeline.

  --file F     a JSON document a line: {text, date, expected: {budget, authority, need, timeline}}; an element is null where the note
               says nothing about it (docs/qualification-notes.md tells what is in each)
  --misses     print what was read otherwise than expected
  --json FILE  write the numbers there
  --help       this text
`;

/** @throws RunError in one sentence */
export function readOptions(argv: string[]): Options {
  const { file, misses = false, json, help = false } = parse(argv);
  if (!file && !help) throw new RunError('--file says which notes to read; --help tells what is in them');
  return { file: file ?? '', misses, json, help };
}

const parse = (argv: string[]) => readCommandLine('npm run notes:evaluate --', {
  args: argv,
  options: { file: text, misses: flag, json: text, help: flag },
}).values;
