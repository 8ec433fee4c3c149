import { renameSync, rmSync } from 'node:fs';
import type { JetStreamManager } from 'nats';
import { SERVICES } from '@headwater/contracts';
import { STREAM } from '@headwater/messaging';
import { isRunning, signalProcess } from '@headwater/embedded';
import { pauseConsumers } from '../instance/consumers';
import type { System } from '../instance/system';
import { until } from '../instance/until';
import type { Say } from '../launcher/terminal';
import { TENANT } from './tenant';

/** A broker that lost all that it had stored, and what became of it. */
export interface Loss {
  /** messages that consumers had not acknowledged */
  unconsumed: number;
  /** events that the outboxes retain, and those of them that are in the stream again */
  retained: number;
  replayed: number;
  replay_s: number;
}

/** Its consumers are paused before, so that there is something to lose. */
const BEHIND = 'scoring';
const PUBLISHED_WITHIN_MS = 120_000;
const GONE_WITHIN_MS = 10_000;
const REPLAYED_WITHIN_MS = 300_000;

/** Makes one service fall behind: what is published from now on isn't consumed by it. */
export const fallBehind = (system: System): Promise<void> => pauseConsumers(system, BEHIND);

/**
 * When everything is published and nothing is spooled (what is spooled is nowhere else), kills the broker with the service
 * that is behind, deletes what the broker has stored, and waits until the services have published it again by themselves.
 */
export async function loseBroker(system: System, say: Say): Promise<Loss> {
  const { instance, queues, signal } = system;
  say('waiting until everything is published, and nothing is spooled');
  const unpublished = async (): Promise<number> => (await queues.outbox()) + (await queues.spooled());
  await until(async () => (await unpublished().catch(() => 1)) === 0, {
    signal, withinMs: PUBLISHED_WITHIN_MS, what: 'empty outboxes and an empty spool',
  });
  const unconsumed = await queues.consumers();
  await deleteStore(system);
  const since = Date.now();
  await until(() => instance.processOf('nats') !== undefined, { signal, withinMs: PUBLISHED_WITHIN_MS, what: 'nats-server to be back' });
  const replay = await until(async () => {
    const progress = await progressOf(system).catch(() => undefined);
    const isOver = Date.now() - since > REPLAYED_WITHIN_MS;
    if (progress) say(`${progress.replayed} of ${progress.retained} events are published again`);
    return progress && (progress.replayed >= progress.retained || isOver) && progress;
  }, { signal, withinMs: 2 * REPLAYED_WITHIN_MS, what: 'nats-server to have its streams again', lookEveryMs: 500 });
  return { unconsumed, ...replay, replay_s: (Date.now() - since) / 1_000 };
}

/** Moved away in one step: the launcher is about to start the next nats-server in the same place. */
async function deleteStore({ instance, signal }: System): Promise<void> {
  const [nats, behind] = await until(() => {
    const found = [instance.processOf('nats'), instance.processOf(BEHIND)] as const;
    return found[0] && found[1] ? [found[0], found[1]] as const : undefined;
  }, { signal, withinMs: PUBLISHED_WITHIN_MS, what: `nats-server and ${BEHIND} to run` });
  signalProcess(behind, 'SIGKILL');
  signalProcess(nats, 'SIGKILL');
  await until(() => !isRunning(nats), { signal, withinMs: GONE_WITHIN_MS, what: 'nats-server to end', lookEveryMs: 2 });
  const lost = `${instance.home.nats}.lost`;
  renameSync(instance.home.nats, lost);
  rmSync(lost, { recursive: true, force: true });
}

/** How many of our tenant's events are in the stream, of those that outboxes retain. */
async function progressOf({ database, connection }: System): Promise<Pick<Loss, 'retained' | 'replayed'>> {
  const tenant = `crm.${TENANT}.`;
  const outboxes = SERVICES.map((service) => `select subject from ${service}.outbox`).join(' union all ');
  const { rows } = await database.query<{ subject: string; events: string }>(
    `select subject, count(*) as events from (${outboxes}) as event where starts_with(subject, $1) group by subject`, [tenant]);
  const present = await messagesBySubject(await connection.jetstreamManager({ checkAPI: false }), `${tenant}>`);
  const retained = rows.reduce((sum, { events }) => sum + Number(events), 0);
  const replayed = rows.reduce((sum, { subject, events }) => sum + Math.min(Number(events), present[subject] ?? 0), 0);
  return { retained, replayed };
}

async function messagesBySubject(manager: JetStreamManager, filter: string): Promise<Record<string, number>> {
  const { state } = await manager.streams.info(STREAM, { subjects_filter: filter });
  return state.subjects ?? {};
}
