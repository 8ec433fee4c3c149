import type { Facts } from '@headwater/rules';

/** What is kept of what intake told of a lead. @property revision of intake's */
export interface KeptFacts { revision: number; facts: Facts }

/** What is told of a lead now. @property changed names of the fields that it is told because of; none where it is told besides something else */
export interface News { revision: number; facts: Facts; changed: readonly string[] }

/** What comes of it. */
export interface Told {
  before: Facts;
  now: Facts;
  /** fields that have changed, and of which nobody knows what they were */
  unknownBefore: (field: string) => boolean;
  /** to be kept; null where what is kept is as good */
  kept: KeptFacts | null;
}

/**
 * The newest that was told counts, whichever is heard first. Of a field that wasn't kept yet, what it is now is what it was, unless it is said to have
 * changed: that rules begin to ask for it changes no lead.
 * @param kept null where nothing was
 * @param fields that rules ask for
 */
export function followTold(kept: KeptFacts | null, { revision, facts, changed }: News, fields: readonly string[]): Told {
  const told = Object.fromEntries(fields.map((field) => [field, facts[field] ?? null]));
  const before = { ...told, ...(kept ? pick(kept.facts, fields) : {}) };
  const isNewer = kept === null || revision > kept.revision;
  const lacks = (field: string): boolean => kept === null || !(field in kept.facts);
  return {
    before, now: isNewer ? told : before, unknownBefore: (field) => lacks(field) && changed.includes(field),
    kept: isNewer || fields.some(lacks) ? { revision: Math.max(revision, kept?.revision ?? 0), facts: isNewer ? told : before } : null,
  };
}

const pick = (facts: Facts, fields: readonly string[]): Facts => Object.fromEntries(fields.flatMap((field) => (field in facts ? [[field, facts[field]]] : [])));
