import { join } from 'node:path';
import { staleStatusMachine } from './status-machine-table';

it('docs/status-machine.md has the table by which leads are moved', async () => {
  expect(await staleStatusMachine(join(__dirname, '../..'), 'src')).toEqual([]);
});
