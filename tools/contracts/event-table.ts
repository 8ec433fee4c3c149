import type { EventDefinition } from '@headwater/contracts';
import type { Consumers } from './event-consumers';
import { nameOf } from './event-schema';

const TITLES = ['event', 'published when', 'kind', 'publisher', 'listeners among the services'];

/** Every event with when, by whom and for whom it is published, as Markdown. */
export function eventTable(definitions: EventDefinition<object>[], consumers: Consumers): string {
  const rows = definitions.map((one) => [
    `[${nameOf(one)}](schemas/${nameOf(one)}.json)`, one.when, one.kind, one.publishers.join(', '), consumers(one).join(', ') || '–',
  ]);
  return [TITLES, TITLES.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
