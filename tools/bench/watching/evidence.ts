import { LeadCaptured, eventSubject } from '@headwater/contracts';
import { STREAM } from '@headwater/messaging';
import type { System } from '../../instance/system';
import { until } from '../../instance/until';
import { TENANT } from '../bench';

/** How far everything had come when a measurement began. */
export interface Mark {
  lead: string;
  touch: string;
  event: string;
  /** events of captured leads that the stream held */
  published: number;
}

/** What was kept since then. */
export interface Kept {
  leads: number;
  touches: number;
  events: number;
  published: number;
}

const SUBJECT = eventSubject(LeadCaptured, TENANT, 'live');
/** For a backlog of 200,000 events, on a slow machine. */
const DONE_WITHIN_MS = 900_000;
const LOOK_EVERY_MS = 100;

const MARK = `
  select (select coalesce(max(id), 0) from intake.lead) as lead, (select coalesce(max(id), 0) from intake.touch) as touch,
         (select coalesce(max(seq), 0) from intake.outbox) as event`;

const KEPT = `
  select (select count(*) from intake.lead where id > $1)::int as leads, (select count(*) from intake.touch where id > $2)::int as touches,
         (select count(*) from intake.outbox where seq > $3)::int as events`;

const ROUTED = `
  select count(*)::int as routed from (
    select from intake.lead
    join routing.lead_assignment assignment on assignment.tenant_id = lead.tenant_id and assignment.lead_id = lead.id
    join routing.decision on decision.tenant_id = lead.tenant_id and decision.lead_id = lead.id
    where lead.id > $1 and assignment.owner_id is not null
    group by lead.id, assignment.decision_id having count(*) = 1 and max(decision.id) = assignment.decision_id) as once`;

/** Call it when nothing is being sent. */
export async function markNow(system: System): Promise<Mark> {
  await untilPublished(system);
  const { rows } = await system.database.query<Omit<Mark, 'published'>>(MARK);
  return { ...rows[0]!, published: await published(system) };
}

export async function keptSince(system: System, mark: Mark): Promise<Kept> {
  await untilPublished(system);
  const { rows } = await system.database.query<Omit<Kept, 'published'>>(KEPT, [mark.lead, mark.touch, mark.event]);
  return { ...rows[0]!, published: (await published(system)) - mark.published };
}

/** Leads that came since and have an owner, by exactly one decision. */
export async function routedSince({ database }: System, mark: Mark): Promise<number> {
  return (await database.query<{ routed: number }>(ROUTED, [mark.lead])).rows[0]!.routed;
}

/** What speaks against a measurement: every accepted lead must be there once, with everything that belongs to it. */
export function faultsOf(what: string, accepted: number, kept: Kept, routed = accepted): string[] {
  const counts = Object.entries({ ...kept, routed });
  const wrong = counts.filter(([, count]) => count !== accepted).map(([name, count]) => `${count} ${name}`);
  return wrong.length === 0 ? [] : [`${what}: ${accepted} leads were accepted, but there are ${wrong.join(', ')}`];
}

/** Seen twice: an event that goes from one queue to the next may be in neither when both are looked at. */
export async function untilDrained({ queues, signal }: System): Promise<void> {
  let quiet = 0;
  await until(async () => {
    const { outbox, consumers } = await queues.backlog();
    quiet = outbox + consumers === 0 ? quiet + 1 : 0;
    return quiet === 2;
  }, { signal, withinMs: DONE_WITHIN_MS, what: 'the consumers to catch up', lookEveryMs: LOOK_EVERY_MS });
}

async function untilPublished({ database, queues, signal }: System): Promise<void> {
  await until(async () => {
    const { rows } = await database.query<{ none: boolean }>('select not exists (select from intake.outbox_pending) as none');
    return rows[0]!.none && (await queues.spooled()) === 0;
  }, { signal, withinMs: DONE_WITHIN_MS, what: 'intake to publish its events', lookEveryMs: LOOK_EVERY_MS });
}

async function published({ connection }: System): Promise<number> {
  const { state } = await (await connection.jetstreamManager()).streams.info(STREAM, { subjects_filter: SUBJECT });
  return state.subjects?.[SUBJECT] ?? 0;
}
