import type { Contribution, IntakeState } from '@headwater/contracts';

/** Events end at 128 kB; the score itself and the envelope take less than the rest. */
const LARGEST_DATA = 120 * 1024;

/** What no rule for routing is made of comes off first. */
const DISPENSABLE: ((lead: IntakeState) => IntakeState)[] = [
  (lead) => lead,
  (lead) => ({ ...lead, notes: null, profile: { ...lead.profile, description: null } }),
  (lead) => ({ ...lead, notes: null, profile: { ...lead.profile, description: null, custom_fields: null } }),
];

/**
 * The lead as it goes along with its score: whole, unless the two are too large for one event. Then it loses its notes and
 * description, and its custom fields if need be; who needs those has them from intake's own events.
 */
export function announcedLead(lead: IntakeState, contributions: readonly Contribution[]): IntakeState {
  if (atMost(lead) + atMost(contributions) <= LARGEST_DATA) return lead;
  const room = LARGEST_DATA - sizeOf(contributions);
  const fitting = DISPENSABLE.map((reduce) => reduce(lead)).find((reduced) => sizeOf(reduced) <= room);
  return fitting ?? DISPENSABLE[DISPENSABLE.length - 1](lead);
}

const sizeOf = (document: unknown): number => Buffer.byteLength(JSON.stringify(document));

const LONGEST_CHARACTER = 6;
const LONGEST_NUMBER = 25;

/** Bytes that it can't exceed as JSON, without writing it: enough for nearly all. Goes through every event, and makes nothing on its way. */
function atMost(value: unknown): number {
  if (typeof value === 'string') return value.length * LONGEST_CHARACTER + 2;
  if (typeof value !== 'object' || value === null) return LONGEST_NUMBER;
  let bytes = 2;
  for (const key in value) bytes += key.length * LONGEST_CHARACTER + 4 + atMost((value as Record<string, unknown>)[key]);
  return bytes;
}
