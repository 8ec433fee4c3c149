import { breakingChanges } from './breaking-changes';
import type { Schemas } from './event-documents';

/** A sentence for each thing by which the present events would break those who read the released ones. */
export function eventBreaks(released: Schemas, present: Schemas): string[] {
  return [...released].flatMap(([name, before]) => {
    const after = present.get(name);
    if (!after) return [`${name} is not published any more`];
    const kind = 'x-event-kind';
    const turned = before[kind] === after[kind] ? []
      : [`${name}: it is a ${String(after[kind])} now, where it was a ${String(before[kind])}`];
    return [...turned, ...breakingChanges(before, after, 'sent').map(({ sentence }) => `${name}: ${sentence}`)];
  });
}

export const HOW_TO_CHANGE = 'Within a version only fields may be added: declare the event once more with the next version, and '
  + 'publish both until nobody reads the old one.';
