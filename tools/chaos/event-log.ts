import { createHash } from 'node:crypto';
import { allEvents, type Envelope } from '@headwater/contracts';
import { findingOf, type Finding } from './finding';

const STATES = new Set(allEvents().filter(({ kind }) => kind === 'state').map(({ type }) => type));

/** What was published: whether publishers contradict themselves, and which facts there are to be counted. */
export class EventLog {
  private readonly contents = new Map<string, Set<string>>();
  private readonly ids = new Map<string, Set<string>>();

  add(envelope: Envelope): void {
    const { id, type, source, leadid, revision, data } = envelope;
    addTo(this.ids, type, id);
    if (leadid === undefined || revision === undefined || !STATES.has(type)) return;
    addTo(this.contents, `${source}, lead ${leadid}, revision ${revision}`, digest({ type, data }));
  }

  /** The ids of all events of a type. */
  idsOf(type: string): string[] {
    return [...(this.ids.get(type) ?? [])];
  }

  findings(): Finding[] {
    const contradictions = [...this.contents].filter(([, contents]) => contents.size > 1).map(([state]) => state);
    return findingOf('doubled', 'two events of one publisher, lead and revision with different content', contradictions);
  }
}

function addTo(sets: Map<string, Set<string>>, key: string, value: string): void {
  sets.set(key, (sets.get(key) ?? new Set()).add(value));
}

/** Equal for equal content, whatever the order of its members. */
function digest(content: unknown): string {
  const text = JSON.stringify(content, (_name, value: unknown) => (isPlainObject(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value));
  return createHash('sha1').update(text).digest('base64');
}

const isPlainObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);
