import type { Facts } from '@headwater/rules';

/** By what a lead belongs to a territory, from the most specific. */
const MATCHED_BY = ['account', 'postal', 'region', 'country'] as const;
export type MatchedBy = (typeof MATCHED_BY)[number];

/** Where a lead belongs, as rules and strategies see it: `territory` of its facts. */
export interface TerritoryMatch {
  readonly id: number;
  readonly name: string;
  /** names from the top of the tree to the territory itself */
  readonly path: readonly string[];
  readonly by: MatchedBy;
  /** ids of the reps who own it, or the nearest above it that anybody owns */
  readonly reps: readonly number[];
  /** the team that does */
  readonly team_id: number | null;
}

/** The territory among the facts of a lead; null when it belongs to none, or its tenant has none. */
export const territoryIn = (lead: Facts): TerritoryMatch | null => (lead.territory as TerritoryMatch | null | undefined) ?? null;
