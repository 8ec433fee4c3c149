import type { Facts } from '@headwater/rules';

/**
 * What is kept of what intake told of a lead. @property revision of intake's, the newest that was told
 * @property since of intake's: what changed up to it was not heard of yet
 */
export interface KeptFacts { revision: number; since: number; facts: Facts }

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

/** Fields that intake derives, by those that it tells of when they change. */
const DERIVED_FROM: Readonly<Record<string, readonly string[]>> = {
  email_kind: ['email'], email_valid: ['email'], phone_valid: ['phone'], company_domain: ['email', 'website'],
};

/**
 * The newest that was told counts, whichever is heard first. What is told first is what it was, unless it is said to have changed; something older than
 * all that was told says better what it was.
 * @param kept null where nothing was
 * @param fields that rules ask for
 */
export function followTold(kept: KeptFacts | null, { revision, facts, changed }: News, fields: readonly string[]): Told {
  const told = Object.fromEntries(fields.map((field) => [field, facts[field] ?? null]));
  const since = changed.length > 0 ? revision - 1 : revision;
  const hasChanged = (field: string): boolean => [field, ...DERIVED_FROM[field] ?? []].some((name) => changed.includes(name));
  if (kept === null) return { before: told, now: told, unknownBefore: hasChanged, kept: { revision, since, facts: told } };
  if (revision > kept.revision) return { before: kept.facts, now: told, unknownBefore: () => false, kept: { ...kept, revision, facts: told } };
  if (since < kept.since) return { before: told, now: kept.facts, unknownBefore: hasChanged, kept: { ...kept, since } };
  return { before: kept.facts, now: kept.facts, unknownBefore: () => false, kept: null };
}
