import { Instance } from '../instance/instance';
import { lookInto } from '../instance/system';
import { makeTenant } from '../instance/tenant';
import type { Cleanups } from '../launcher/cleanups';
import type { Terminal } from '../launcher/terminal';
import { Campaign } from './campaign';
import { Client } from './client';
import { findingOf, type Finding } from './finding';
import { checkInboxes, checkTables, readEvents, readLeads } from './gather-evidence';
import { judgeLeads } from './judge-leads';
import type { Options } from './options';
import { makePopulation } from './population';
import type { Outcome } from './report';
import { environmentOf } from './sabotage';
import { Sender } from './sender';
import { settle } from './settle';
import { TENANT } from './tenant';

/** A submission that isn't accepted for so long, beyond the outage, won't be. */
const PATIENCE_MS = 180_000;
const SETTLED_WITHIN_MS = 300_000;
/** Settling takes longer after more leads, by so much each. */
const SETTLED_MORE_MS = 20;

/**
 * Starts a Headwater, sends and kills, waits, and looks. Everything that it starts is undone by `cleanups`.
 * @throws RunError when the run can't be carried out, which says nothing about what was promised
 */
export async function runChaos(options: Options, terminal: Terminal, signal: AbortSignal, cleanups: Cleanups): Promise<Outcome> {
  const environment = environmentOf(options.sabotage);
  const instance = await terminal.step('Headwater', (say) => Instance.start({ name: 'chaos', environment }, signal, say),
    ({ home }) => home.directory);
  cleanups.add(() => (options.keep ? terminal.line(`  Data and logs stay in ${instance.home.directory}`) : instance.remove()));
  cleanups.add(() => terminal.step('Stopping', () => instance.stop(), () => 'everything has ended'));
  const system = await lookInto(instance, signal, cleanups);
  const tenant = await makeTenant(TENANT, instance.facts(), signal);
  const groups = makePopulation(options.seed, options.leads);

  const client = new Client(instance.facts().url, tenant.keys);
  const sender = new Sender(groups, client, { patienceMs: PATIENCE_MS + options.outage * 1_000, signal });
  const campaign = new Campaign(system, sender, options, terminal);
  await campaign.run();
  const people = new Set([...sender.accepted].map(({ person }) => person)).size;
  const settlement = await terminal.step('Settling', (say) => settle(system, people, {
    say, withinMs: SETTLED_WITHIN_MS + options.leads * SETTLED_MORE_MS,
  }), ({ unfinished }) => unfinished ?? 'nothing is on its way, nothing changes any more');

  const findings = await terminal.step('Looking', async (say): Promise<Finding[]> => {
    const inTables = await checkTables(system.database);
    const log = await readEvents(system.connection, say);
    const inInboxes = await checkInboxes(system, log);
    const inSpool = findingOf('other', 'messages left in the spool that nobody takes from it', await system.queues.leftInSpool());
    const leads = await readLeads(tenant.api, say);
    return [...judgeLeads(sender.accepted, groups.flat(), leads), ...inTables, ...log.findings(), ...inInboxes, ...inSpool];
  }, ({ length }) => (length === 0 ? 'everything is there, once' : `${length} kinds of faults`));
  const { kills, missed, loss } = campaign;
  return { options, tally: sender.tally, kills, missed, loss, settlement, findings };
}
