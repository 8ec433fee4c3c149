import { REPOSITORY } from '../instance/instance';
import { RunError } from '../instance/run-error';
import { apiBreaks, type ApiDocument, HOW_TO_CHANGE_THE_API } from './api-breaks';
import { apiToRelease, presentApi, releasedApi, staleApi } from './api-document';
import { staleConfiguration } from './configuration-table';
import { write, type Stale } from './documents';
import { eventBreaks, HOW_TO_CHANGE } from './event-breaks';
import { presentSchemas, releasedSchemas, staleDocuments, toRelease } from './event-documents';
import { stalePermissions } from './nats-permissions';
import { HELP, readOptions } from './options';
import { staleScoringSchema } from './scoring-schema';
import { staleStatusMachine } from './status-machine-table';

async function main(): Promise<void> {
  const { help, release } = readOptions(process.argv.slice(2));
  if (help) return console.log(HELP.trim());
  const api = presentApi(REPOSITORY);
  tell([
    ...staleDocuments(REPOSITORY), ...staleApi(REPOSITORY, api), ...await staleConfiguration(REPOSITORY), ...stalePermissions(REPOSITORY),
    ...await staleScoringSchema(REPOSITORY), ...await staleStatusMachine(REPOSITORY),
  ], 'Everything was up to date.');
  if (!release) return;
  refuse(eventBreaks(releasedSchemas(REPOSITORY), presentSchemas()), HOW_TO_CHANGE);
  refuse(apiBreaks(releasedApi(REPOSITORY), JSON.parse(api) as ApiDocument), HOW_TO_CHANGE_THE_API);
  tell([...toRelease(REPOSITORY), ...apiToRelease(REPOSITORY, api)], 'The released contracts are the present ones already.');
}

function refuse(breaks: string[], howTo: string): void {
  if (breaks.length > 0) throw new RunError(['This breaks those who use what was released:', ...breaks, howTo].join('\n'));
}

function tell(stale: Stale[], nothing: string): void {
  write(REPOSITORY, stale);
  console.log(stale.map(({ path, due }) => `${due === null ? 'removed' : 'written'}: ${path}`).join('\n') || nothing);
}

main().catch((error: unknown) => {
  console.error(error instanceof RunError ? error.message : error);
  process.exitCode = 1;
});
