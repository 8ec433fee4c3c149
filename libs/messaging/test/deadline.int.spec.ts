import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startCell, type Cell } from '@headwater/testing';
import { Requester } from '../src';
import { audience, Write } from './ledger-service';

const PATIENCE_MS = 200;
/** As deadline.ts: clocks may differ by so much. */
const SKEW_MS = 1_000;

let cell: Cell;
afterEach(() => cell.stop());

it('a service that was frozen does not begin what its caller has given up, and does what is asked afterwards', async () => {
  cell = await startCell({ services: [], madeUp: true });
  const { pid } = await cell.spawn({ name: 'routing', program: join(__dirname, 'run-ledger.ts') });
  const requester = (await cell.add(audience)).get(Requester, { strict: false });

  process.kill(pid, 'SIGSTOP');
  await expect(requester.ask(Write, { signal_id: 'given-up' }, { timeoutMs: PATIENCE_MS })).rejects.toThrow('did not answer in time');
  await delay(SKEW_MS + PATIENCE_MS); // time itself is what has to pass
  process.kill(pid, 'SIGCONT');

  await requester.ask(Write, { signal_id: 'waited-for' });
  expect(await cell.rows('routing', 'select signal_id from fact')).toEqual([{ signal_id: 'waited-for' }]);
});
