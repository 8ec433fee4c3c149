import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { System } from '../instance/system';
import type { Say } from '../launcher/terminal';
import type { Queues } from '../instance/queues';
import { TENANT } from './tenant';

/** How far the leads of the tenant have come. */
interface Progress {
  leads: number;
  scored: number;
  routed: number;
  settled: number;
  /** changes with everything that is written about the leads */
  trace: string;
}

export interface Settlement {
  seconds: number;
  /** what was still on its way when we stopped waiting; null when nothing was */
  unfinished: string | null;
}

const LOOK_EVERY_MS = 500;
/** Nothing on its way and nothing changed for so long: it is over when every lead has come to its end … */
const QUIET_MS = 3_000;
/** … and for so long when not: what is missing won't come any more. */
const HOPELESS_MS = 20_000;

const PROGRESS = `
  select
    (select count(*) from intake.lead where tenant_id = $1)::int as leads,
    (select count(*) from scoring.lead_score where tenant_id = $1 and scored_at is not null)::int as scored,
    (select count(*) from routing.lead_assignment where tenant_id = $1 and owner_id is not null)::int as routed,
    (select count(*) from qualification.lead_status where tenant_id = $1)::int as settled,
    concat_ws(' ',
      (select count(*) from intake.touch where tenant_id = $1),
      (select sum(revision) from intake.lead where tenant_id = $1),
      (select sum(revision) from scoring.lead_score where tenant_id = $1),
      (select sum(revision) from routing.lead_assignment where tenant_id = $1),
      (select sum(revision + scoring_revision) from qualification.lead_status where tenant_id = $1),
      (select count(*) from scoring.score_ledger where tenant_id = $1),
      (select count(*) from routing.decision where tenant_id = $1)) as trace`;

/**
 * Waits until every outbox is empty, every consumer drained, and nothing changes any more.
 * @param people how many leads there should be
 */
export async function settle(
  { database, queues, signal }: Pick<System, 'database' | 'queues' | 'signal'>, people: number,
  { say, withinMs }: { say: Say; withinMs: number },
): Promise<Settlement> {
  const since = Date.now();
  let quietSince = since;
  let former = '';
  for (;;) {
    const now = Date.now();
    const waiting = await look(database, queues);
    if (waiting.trace !== former || waiting.isBusy) quietSince = now;
    former = waiting.trace;
    say(waiting.sentence);
    const isComplete = waiting.complete >= people;
    const seconds = (now - since) / 1_000;
    if (now - quietSince > (isComplete ? QUIET_MS : HOPELESS_MS)) return { seconds, unfinished: null };
    if (now - since > withinMs) return { seconds, unfinished: waiting.sentence };
    await delay(LOOK_EVERY_MS, undefined, { signal });
  }
}

async function look(database: Pool, queues: Queues) {
  try {
    const { outbox, consumers } = await queues.backlog();
    const { rows } = await database.query<Progress>(PROGRESS, [TENANT]);
    const { leads, scored, routed, settled, trace } = rows[0]!;
    return {
      isBusy: outbox + consumers > 0, trace, complete: Math.min(leads, scored, routed, settled),
      sentence: `${leads} leads, ${scored} scored, ${routed} routed, ${settled} settled; `
        + `waiting: ${outbox} in outboxes, ${consumers} at consumers`,
    };
  } catch (error) {
    return { isBusy: true, trace: '', complete: 0, sentence: `not to be seen: ${(error as Error).message}` };
  }
}
