import type { ApiClient } from '../launcher/api-client';
import { columns } from './columns';

interface DeadLetter {
  service: string;
  id: number;
  subscription: string;
  event_id: string | null;
  tenant: string | null;
  subject: string;
  error: string;
  deliveries: number;
  failed_replays: number;
  at: string;
  discarded_at: string | null;
}

interface WholeLetter extends DeadLetter {
  body: string;
  discarded_by: string | null;
  discard_reason: string | null;
}

interface Replayed {
  succeeded: number;
  failed: { id: number; error: string }[];
  next?: number | null;
}

const DEAD_LETTERS = '/api/v1/admin/dead-letters';
const PAGE = 200;
/** Letters that are replayed by one request: often enough to see how it goes on. */
const PART = 50;
const LONGEST_ERROR = 80;

const path = (...parts: (string | number)[]): string => [DEAD_LETTERS, ...parts.map((part) => encodeURIComponent(part))].join('/');

/** A table of the letters that wait, or of those that were discarded; and which services could not be asked. */
export async function listDeadLetters(api: ApiClient, { service, discarded }: { service?: string; discarded: boolean }): Promise<string> {
  const letters: DeadLetter[] = [];
  const missing = new Set<string>();
  for (let cursor: string | undefined; ;) {
    const query = new URLSearchParams({ limit: String(PAGE), ...(service ? { service } : {}), ...(discarded ? { discarded: 'true' } : {}), ...(cursor ? { cursor } : {}) });
    const { data, meta } = await api.send<DeadLetter[]>('GET', `${DEAD_LETTERS}?${query}`);
    letters.push(...data);
    for (const name of meta?.missing ?? []) missing.add(name);
    cursor = meta?.next_cursor ?? undefined;
    if (!cursor) break;
  }
  const table = letters.length > 0 ? tableOf(letters) : `No dead letters${discarded ? ' were discarded' : ''}.`;
  return [table, ...(missing.size > 0 ? [`Without those of ${[...missing].join(', ')}: no answer from there.`] : [])].join('\n');
}

const tableOf = (letters: DeadLetter[]): string => columns(['SERVICE', 'ID', 'SUBSCRIPTION', 'TENANT', 'PUT ASIDE', 'REPLAYS', 'ERROR'],
  letters.map(({ service, id, subscription, tenant, at, failed_replays, error }) =>
    [service, String(id), subscription, tenant ?? '', at, String(failed_replays), error.slice(0, LONGEST_ERROR)]));

/** Everything about one letter, its event last. */
export async function showDeadLetter(api: ApiClient, service: string, id: string): Promise<string> {
  const letter = await api.get<WholeLetter>(path(service, id));
  const lines = [
    ['subscription', letter.subscription], ['event', letter.event_id], ['tenant', letter.tenant], ['subject', letter.subject],
    ['put aside', `${letter.at}, after ${letter.deliveries} deliveries`], ['replays that failed', String(letter.failed_replays)],
    ...(letter.discarded_at ? [['discarded', `${letter.discarded_at} by ${letter.discarded_by}: ${letter.discard_reason}`]] : []),
  ].map(([name, value]) => `${name!.padEnd(21)}${value ?? '?'}`);
  return [`Dead letter ${letter.id} of ${letter.service}`, ...lines, '', letter.error, '', readable(letter.body)].join('\n');
}

function readable(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body; // broken JSON is shown as it came
  }
}

/** Replays part by part. @param ids of these letters; none for all that wait @param tell hears how far it is */
export async function replayDeadLetters(api: ApiClient, service: string, ids: number[], tell: (progress: string) => void): Promise<string> {
  let succeeded = 0;
  const failed: Replayed['failed'] = [];
  for await (const part of ids.length > 0 ? replaySome(api, service, ids) : replayAll(api, service)) {
    succeeded += part.succeeded;
    failed.push(...part.failed);
    tell(`${succeeded + failed.length} replayed: ${succeeded} handled, ${failed.length} failed again`);
  }
  const summary = `${succeeded} of ${service}'s dead letters were handled, ${failed.length} failed again.`;
  return failed.length > 0 ? `${summary}\n${columns(['ID', 'ERROR'], failed.map(({ id, error }) => [String(id), error]))}` : summary;
}

async function* replaySome(api: ApiClient, service: string, ids: number[]): AsyncGenerator<Replayed> {
  for (let done = 0; done < ids.length; done += PART) yield await replay(api, service, { ids: ids.slice(done, done + PART) });
}

async function* replayAll(api: ApiClient, service: string): AsyncGenerator<Replayed> {
  for (let after: number | null = 0; after !== null;) {
    const part: Replayed = await replay(api, service, { all: true, after });
    yield part;
    after = part.next ?? null;
  }
}

const replay = async (api: ApiClient, service: string, which: object): Promise<Replayed> =>
  (await api.send<Replayed>('POST', path(service, 'replay'), which)).data;

export async function discardDeadLetter(api: ApiClient, service: string, id: string, reason: string): Promise<string> {
  await api.send('DELETE', `${path(service, id)}?${new URLSearchParams({ reason })}`);
  return `Dead letter ${id} of ${service} is discarded.`;
}
