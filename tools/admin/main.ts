import { join, resolve } from 'node:path';
import { ApiRefusal } from '../launcher/api-client';
import { LauncherError } from '../launcher/launcher-error';
import { readCommand, USAGE } from './command-line';
import { run } from './commands';
import { operatorClient } from './operator-client';

const REPOSITORY = resolve(__dirname, '..', '..', '..');

async function main(): Promise<void> {
  const command = readCommand(process.argv.slice(2));
  if (command.name === 'help') return console.log(USAGE.trim());
  const home = process.env.HEADWATER_HOME || join(REPOSITORY, '.headwater');
  console.log(await run(command, operatorClient(process.env, home), (progress) => console.error(progress)));
}

main().catch((error: Error) => {
  console.error(error instanceof ApiRefusal ? error.detail : error instanceof LauncherError ? error.message : error.stack);
  process.exitCode = 1;
});
