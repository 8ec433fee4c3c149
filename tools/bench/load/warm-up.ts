import type { Bench } from '../bench';
import { untilDrained } from '../watching/evidence';

const CLIENTS = 32;
/** Until the compilers of six Node processes have seen enough. */
const SECONDS = 8;

/** Processes that were just started, and tables without statistics, are not what is to be measured. */
export async function warmUp({ terminal, load, gateway, system }: Bench): Promise<void> {
  await terminal.step('Warming up', async () => {
    await load.run(gateway, CLIENTS, SECONDS);
    await untilDrained(system);
    await system.database.query('analyze');
  }, () => 'everything has run, and the tables are analyzed');
}
