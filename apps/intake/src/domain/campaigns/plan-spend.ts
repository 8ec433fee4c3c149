import type { Channel, FieldError, SpendVerdict } from '@headwater/contracts';

/** What a channel of a campaign cost from one day to another, both included. */
export interface SpendEntry {
  /** id of the campaign */
  campaign_id: number;
  channel: Channel;
  /** YYYY-MM-DD */
  from: string;
  to: string;
  amount: number;
  currency: string;
  external_id: string | null;
}

/** `id` is null while the entry has none. */
export interface PlannedSpend extends SpendEntry { id: number | null }

export type SpendOutcome =
  | { verdict: Exclude<SpendVerdict, 'refused'>; row: PlannedSpend }
  | { verdict: 'refused'; error: FieldError };

/**
 * Decides entries in their order, each against what is stored and what those before it made of that. An entry is a stored one
 * again by its external id, else by campaign, channel and period; it then replaces it. Days that another entry of the same
 * campaign and channel has already are refused: they would count twice.
 * @param stored all entries with one of their external ids, and all of the same campaigns and channels that share a day with one
 */
export function planSpend(entries: SpendEntry[], stored: readonly (SpendEntry & { id: number })[]): SpendOutcome[] {
  const rows: PlannedSpend[] = stored.map((row) => ({ ...row }));
  return entries.map((entry): SpendOutcome => {
    const known = rows.find((row) => entry.external_id !== null && row.external_id === entry.external_id)
      ?? rows.find((row) => samePeriod(row, entry) && (row.external_id === null || entry.external_id === null));
    const other = rows.find((row) => row !== known && sharesDays(row, entry));
    if (other) return { verdict: 'refused', error: overlap(other) };
    if (!known) {
      const row = { ...entry, id: null };
      rows.push(row);
      return { verdict: 'created', row };
    }
    const next = { ...entry, external_id: entry.external_id ?? known.external_id };
    const unchanged = (Object.keys(next) as (keyof SpendEntry)[]).every((field) => known[field] === next[field]);
    return { verdict: unchanged ? 'unchanged' : 'updated', row: Object.assign(known, next) };
  });
}

const sameChannel = (one: SpendEntry, other: SpendEntry): boolean => one.campaign_id === other.campaign_id && one.channel === other.channel;
const samePeriod = (one: SpendEntry, other: SpendEntry): boolean => sameChannel(one, other) && one.from === other.from && one.to === other.to;
const sharesDays = (one: SpendEntry, other: SpendEntry): boolean => sameChannel(one, other) && one.from <= other.to && other.from <= one.to;

const overlap = ({ channel, from, to, external_id }: SpendEntry): FieldError => ({
  field: 'from', code: 'overlapping_period',
  detail: `${channel} has spend from ${from} to ${to} already${external_id ? ` (external id ${external_id})` : ''}: send that period again, or remove it first`,
});
