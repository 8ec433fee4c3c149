import type { MergePolicy, TenantSettings } from '@headwater/contracts';
import { DEFAULT_MODEL, type MatchingModel } from '@headwater/matching';

/** A document as an earlier release has stored it: what members have come since is not in it. */
type Stored<Document> = { [Member in keyof Document]?: Document[Member] extends readonly unknown[] ? Document[Member] : Partial<Document[Member]> };

type Usual = Record<string, unknown>;

const isGroup = (value: unknown): value is Usual => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A stored document with what is usual for what it lacks, in its groups, too. Lists stay as they are. */
function completed<Document extends object>(usual: Document, stored: Stored<Document>): Document {
  const known = Object.entries(usual as Usual).map(([name, value]) => {
    const given = (stored as Usual)[name];
    return [name, isGroup(value) && isGroup(given) ? { ...value, ...given } : given ?? value];
  });
  return { ...stored, ...Object.fromEntries(known) } as Document;
}

/** What every tenant has set one day; until then the usual, which surprises least. */
const SETTINGS: Omit<TenantSettings, 'id'> = { currency: 'USD', time_zone: 'UTC', picklists: { industries: [], sources: [] }, policies: {} };

/** Not the policy of who has none: whoever has one and names no field means what it says by default. */
const POLICY: MergePolicy = { default: 'primary', fields: {}, auto_update: 'none' };

export const completeSettings = (stored: Stored<TenantSettings> & { id: string }): TenantSettings => ({ ...completed(SETTINGS, stored), id: stored.id });

export const completeModel = (stored: Stored<MatchingModel>): MatchingModel => completed(DEFAULT_MODEL, stored);

export const completePolicy = (stored: Stored<MergePolicy>): MergePolicy => completed(POLICY, stored);
