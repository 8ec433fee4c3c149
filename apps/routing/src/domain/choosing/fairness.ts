import type { PoolShare, RepShare, RoutingFairness } from '@headwater/contracts';

/** How many leads a rep got from a pool in one way. */
export interface Counted {
  readonly pool: string | null;
  readonly rep_id: number;
  readonly name: string;
  /** 1 where the pool doesn't look at weights */
  readonly weight: number;
  readonly kind: string;
  readonly count: number;
}

/**
 * The Gini coefficient of shares: 0 when all are equal, towards 1 the more one has of all. Of nothing, 0.
 * By mean absolute difference over twice the mean: https://en.wikipedia.org/wiki/Gini_coefficient#Definition
 */
export function giniOf(shares: readonly number[]): number {
  const sum = shares.reduce((all, share) => all + share, 0);
  if (sum === 0) return 0;
  const ordered = [...shares].sort((a, b) => a - b);
  const ranked = ordered.reduce((all, share, i) => all + (i + 1) * share, 0);
  const n = shares.length;
  return Math.max(0, (2 * ranked) / (n * sum) - (n + 1) / n);
}

const MOST_DIGITS = 4;
const rounded = (value: number): number => Number(value.toFixed(MOST_DIGITS));

/** What a rotation gave each, and how far that is apart: by the picks that it is bound by, apart from all others. */
export function fairnessOf(counted: readonly Counted[], { from, until }: { from: string; until: string }): RoutingFairness {
  const pools = [...group(counted, ({ pool }) => pool)].map(([pool, rows]) => shareOf(pool, rows));
  const reps = sharesOf(counted);
  return { from, until, pools, reps, gini: rounded(giniOf(reps.map(({ assignments }) => assignments))), kinds: kindsOf(counted) };
}

function shareOf(pool: string | null, rows: readonly Counted[]): PoolShare {
  const inTurn = [...group(rows.filter(({ kind }) => kind === 'rotation' || kind === 'capped'), ({ rep_id }) => rep_id).values()];
  const picks = inTurn.map((own) => own.filter(({ kind }) => kind === 'rotation').reduce((sum, { count }) => sum + count, 0));
  const shares = picks.map((count, i) => count / inTurn[i][0].weight);
  return {
    pool, reps: sharesOf(rows), gini: rounded(giniOf(shares)), spread: picks.length === 0 ? 0 : Math.max(...picks) - Math.min(...picks),
  };
}

const sharesOf = (rows: readonly Counted[]): RepShare[] => [...group(rows, ({ rep_id }) => rep_id).values()].map((own) => ({
  rep: { id: own[0].rep_id, name: own[0].name }, assignments: own.reduce((sum, { count }) => sum + count, 0), kinds: kindsOf(own),
})).sort((a, b) => b.assignments - a.assignments || a.rep.id - b.rep.id);

function kindsOf(rows: readonly Counted[]): Record<string, number> {
  const kinds: Record<string, number> = {};
  for (const { kind, count } of rows) kinds[kind] = (kinds[kind] ?? 0) + count;
  return kinds;
}

function group<Key>(rows: readonly Counted[], keyOf: (row: Counted) => Key): Map<Key, Counted[]> {
  const groups = new Map<Key, Counted[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
}
