import { join } from 'node:path';
import { configurationTable, staleConfiguration } from './configuration-table';

const ROOT = join(__dirname, '../..');

describe('docs/configuration.md', () => {
  it('is what npm run contracts writes', async () => {
    expect(await staleConfiguration(ROOT, 'src')).toEqual([]);
  });

  it('says of each variable what it expects, and whether it may come as a file and is a secret', async () => {
    const table = await configurationTable(ROOT, 'src');
    expect(table).toMatch(/^\| `DATABASE_PASSWORD`, `DATABASE_PASSWORD_FILE` \| takes the place of .* \| {2}\| yes \| every \|$/m);
    expect(table).toMatch(/^\| `PORT` \| HTTP port.* \| \*\*required\*\* \| {2}\| every \|$/m);
    expect(table).toMatch(/^\| `LOG_LEVEL` \| .*fatal, error, warn.* \| `info` \|/m);
    expect(table).toMatch(/^\| `JWT_SECRET`, `JWT_SECRET_FILE` \| .* \| yes \| gateway \|$/m);
  });
});
