import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configurationTable } from './configuration-table';
import { withGeneratedPart } from './generated-part';

const REPOSITORY = join(__dirname, '../../..');
const PAGE = join(REPOSITORY, 'docs/configuration.md');

async function main(): Promise<void> {
  const table = await configurationTable(REPOSITORY, 'dist');
  writeFileSync(PAGE, withGeneratedPart(readFileSync(PAGE, 'utf8'), 'npm run docs:configuration', table));
}

void main();
