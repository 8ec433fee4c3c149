import { REPOSITORY } from '../instance/instance';
import { RunError } from '../instance/run-error';
import { eventBreaks, HOW_TO_CHANGE } from './event-breaks';
import { presentSchemas, releasedSchemas, staleDocuments, toRelease, write, type Stale } from './event-documents';
import { HELP, readOptions } from './options';

function main(): void {
  const { help, release } = readOptions(process.argv.slice(2));
  if (help) return console.log(HELP.trim());
  tell(staleDocuments(REPOSITORY), 'docs/events was up to date.');
  if (!release) return;
  const breaks = eventBreaks(releasedSchemas(REPOSITORY), presentSchemas());
  if (breaks.length > 0) throw new RunError(['This breaks those who read what was released:', ...breaks, HOW_TO_CHANGE].join('\n'));
  tell(toRelease(REPOSITORY), 'The released contracts are the present ones already.');
}

function tell(stale: Stale[], nothing: string): void {
  write(REPOSITORY, stale);
  console.log(stale.map(({ path, due }) => `${due === null ? 'removed' : 'written'}: ${path}`).join('\n') || nothing);
}

try {
  main();
} catch (error) {
  console.error(error instanceof RunError ? error.message : error);
  process.exitCode = 1;
}
