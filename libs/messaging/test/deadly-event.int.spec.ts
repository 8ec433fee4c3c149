import { join } from 'node:path';
import { eventually, startCell, type Cell } from '@headwater/testing';
import { engaged, ledger, miscounted } from './ledger-service';

const MOST_DEATHS = 10;
const program = join(__dirname, 'run-ledger.ts');
const ACK_WAIT_SECONDS = '0.5';

let cell: Cell;
beforeEach(async () => { cell = await startCell({ services: [], madeUp: true }); });
afterEach(() => cell.stop());

/** Starts the service again each time that it dies, as a launcher does, until `isOver`. @returns how often it died */
async function keepRunning(isOver: () => Promise<boolean>): Promise<number> {
  for (let deaths = 0; deaths <= MOST_DEATHS; deaths += 1) {
    const how = await startAndWatch(isOver);
    if (how === undefined) return deaths;
    expect(how).toContain('SIGKILL');
  }
  throw new Error(`It dies for ever: ${MOST_DEATHS} times so far`);
}

/** @returns how it ended, be it that it never got ready; undefined when it is over, and it still runs */
async function startAndWatch(isOver: () => Promise<boolean>): Promise<string | undefined> {
  const running = await cell.spawn({ name: 'routing', program, env: { ACK_WAIT_SECONDS } }).catch(({ message }: Error) => message);
  if (typeof running === 'string') return running;
  await eventually('dead, or over', async () => running.ended() !== undefined || isOver(), { timeoutMs: 20_000 });
  return running.ended();
}

it('an event that kills the process each time ends as a dead letter, and takes nothing with it', async () => {
  await cell.add(ledger, { CONSUME_ON_START: 'false' }); // makes stream and tables, and stays out of the way
  const others = Array.from({ length: 20 }, (_, n) => `other-${n}`);
  const [deadly] = await cell.publish([engaged('deadly', 'deadly'), ...others.map((id) => engaged(id))]);
  const letters = () => cell.rows<{ event_id: string; error: string }>('routing', 'select event_id, error from dead_letter');

  const deaths = await keepRunning(async () => (await letters()).length > 0);

  await cell.settled({ deadLetters: true });
  expect(await letters()).toEqual([{ event_id: deadly.id, error: expect.stringContaining('Each time it was tried the process died') }]);
  expect(deaths).toBeGreaterThan(1);
  expect(await miscounted(cell, 'routing', others)).toEqual([]);
}, 60_000);
