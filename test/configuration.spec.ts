import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configurationTable } from '../tools/docs/configuration-table';
import { withGeneratedPart } from '../tools/docs/generated-part';

const ROOT = join(__dirname, '..');
const COMMAND = 'npm run docs:configuration';

describe('docs/configuration.md', () => {
  const page = readFileSync(join(ROOT, 'docs/configuration.md'), 'utf8');

  it(`is what ${COMMAND} writes`, async () => {
    expect(page).toBe(withGeneratedPart(page, COMMAND, await configurationTable(ROOT, 'src')));
  });

  it('says of each variable what it expects, and whether it may come as a file and is a secret', async () => {
    const table = await configurationTable(ROOT, 'src');
    expect(table).toMatch(/^\| `DATABASE_PASSWORD`, `DATABASE_PASSWORD_FILE` \| takes the place of .* \| {2}\| yes \| every \|$/m);
    expect(table).toMatch(/^\| `PORT` \| HTTP port.* \| \*\*required\*\* \| {2}\| every \|$/m);
    expect(table).toMatch(/^\| `LOG_LEVEL` \| .*fatal, error, warn.* \| `info` \|/m);
    expect(table).toMatch(/^\| `JWT_SECRET`, `JWT_SECRET_FILE` \| .* \| yes \| gateway \|$/m);
  });
});
