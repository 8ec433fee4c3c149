import { join, resolve } from 'node:path';
import { EmbeddedServerError } from '@headwater/embedded';
import { readDemoDocuments } from './demo/documents';
import { endingOfThisProcess } from './ending';
import { homeAt } from './home';
import { launch } from './launch';
import { LauncherError } from './launcher-error';
import { HELP, readOptions } from './options';
import { inherited, services } from './services';
import { Terminal } from './terminal';

const REPOSITORY = resolve(__dirname, '..', '..', '..');

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const terminal = new Terminal(process.stdout, !process.env.NO_COLOR);
  if (options.help) return terminal.line(HELP.trim());
  await launch({
    home: homeAt(process.env.HEADWATER_HOME || join(REPOSITORY, '.headwater')),
    port: options.port,
    services: services(REPOSITORY),
    demo: options.demo ? readDemoDocuments(join(REPOSITORY, 'tools', 'launcher', 'demo')) : undefined,
    environment: inherited(REPOSITORY, process.env),
    terminal,
  }, endingOfThisProcess());
}

main().then(() => process.exit(0), (error: Error) => {
  const isExpected = error instanceof LauncherError || error instanceof EmbeddedServerError;
  process.stderr.write(`\n${isExpected ? error.message : error.stack}\n`);
  process.exit(1);
});
