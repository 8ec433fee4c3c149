import { ErrorCode, type JetStreamClient, type JsMsg, type NatsConnection, type NatsError } from 'nats';
import type { Pool } from 'pg';
import { allEvents, SERVICES, type Envelope } from '@headwater/contracts';
import { STREAM } from '@headwater/messaging';
import type { System } from '../instance/system';
import type { ApiClient } from '../launcher/api-client';
import type { Say } from '../launcher/terminal';
import { CHECKS } from './checks';
import { EventLog } from './event-log';
import { findingOf, type Finding } from './finding';
import type { ReadLead } from './judge-leads';
import { TENANT } from './tenant';

const LEADS = '/api/v1/crm/leads';
const PAGE = 200;
const READERS = 16;
const STREAM_ANSWERS_WITHIN_MS = 10_000;

/** Looks at the tables. Before anything is read through the API: a service that is asked for a lead learns it then. */
export async function checkTables(database: Pool): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { verdict, what, sql } of CHECKS) {
    const { rows } = await database.query<{ who: string }>(sql, [TENANT]);
    findings.push(...findingOf(verdict, what, rows.map(({ who }) => who)));
  }
  return findings;
}

/** Reads every event of the tenant that the stream holds. */
export async function readEvents(connection: NatsConnection, say: Say): Promise<EventLog> {
  const log = new EventLog();
  const filter = `crm.${TENANT}.>`;
  const newest = await lastSequence(connection, filter);
  if (newest === 0) return log;
  let read = 0;
  const messages = await (await orderedConsumer(connection.jetstream(), filter)).consume({ max_messages: 1_000 });
  const silence = setInterval(() => void messages.close(), STREAM_ANSWERS_WITHIN_MS);
  for await (const message of messages as AsyncIterable<JsMsg>) {
    silence.refresh();
    log.add(message.json<Envelope>());
    read += 1;
    if (read % 1_000 === 0) say(`${read} events read`);
    if (message.seq >= newest) break;
  }
  clearInterval(silence);
  return log;
}

/** Facts count exactly once because the inbox remembers them: each has its row with everyone who consumes it. */
export async function checkInboxes({ database, connection }: Pick<System, 'database' | 'connection'>, log: EventLog): Promise<Finding[]> {
  const manager = await connection.jetstreamManager();
  const durables = new Set<string>();
  for await (const { name } of manager.consumers.list(STREAM)) durables.add(name);
  const findings: Finding[] = [];
  for (const { type, version, kind } of allEvents()) {
    for (const service of kind === 'fact' ? SERVICES : []) {
      const subscription = `${service}_${type.replace('.', '_')}_v${version}`;
      if (!durables.has(subscription)) continue;
      const { rows } = await database.query<{ id: string }>(`
        select id from unnest($2::uuid[]) as fact(id)
        where not exists (select from ${service}.inbox where subscription = $1 and event_id = fact.id)`, [subscription, log.idsOf(type)]);
      findings.push(...findingOf('other', `facts that the inbox of ${service} does not know: never taken in, or free to count twice`,
        rows.map(({ id }) => `${type} ${id}`)));
    }
  }
  return findings;
}

/** Everything that was kept of what was sent, as a caller of the API sees it. */
export async function readLeads(api: ApiClient, say: Say): Promise<ReadLead[]> {
  const leads: ReadLead[] = [];
  for await (const page of pagesOf<{ id: number; email: string | null }>(api, `${LEADS}?sort=id&limit=${PAGE}`)) {
    leads.push(...page.map(({ id, email }) => ({ id, email, pages: [] })));
    say(`${leads.length} leads read`);
  }
  const waiting = [...leads];
  const readTouches = async (): Promise<void> => {
    for (let lead = waiting.pop(); lead; lead = waiting.pop()) {
      for await (const page of pagesOf<{ page_url: string | null }>(api, `${LEADS}/${lead.id}/touches?limit=${PAGE}`)) {
        lead.pages.push(...page.map(({ page_url }) => page_url));
      }
      say(`touches of ${leads.length - waiting.length} of ${leads.length} leads read`);
    }
  };
  await Promise.all(Array.from({ length: READERS }, readTouches));
  return leads;
}

async function* pagesOf<Item>(api: ApiClient, path: string): AsyncGenerator<Item[]> {
  let cursor: string | null | undefined;
  do {
    const { data, meta } = await api.send<Item[]>('GET', cursor ? `${path}&cursor=${encodeURIComponent(cursor)}` : path);
    yield data;
    cursor = meta?.next_cursor;
  } while (cursor);
}

const orderedConsumer = (jetstream: JetStreamClient, filter: string) => jetstream.consumers.get(STREAM, { filterSubjects: filter });

/** 0 when there is none. */
async function lastSequence(connection: NatsConnection, filter: string): Promise<number> {
  const manager = await connection.jetstreamManager();
  try {
    return (await manager.streams.getMessage(STREAM, { last_by_subj: filter })).seq;
  } catch (error) {
    if ((error as NatsError).code === ErrorCode.JetStream404NoMessages || (error as NatsError).api_error?.code === 404) return 0;
    throw error;
  }
}
