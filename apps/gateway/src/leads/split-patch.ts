import type { IntakePatch, PatchLead, RoutingPatch, StatusPatch } from '@headwater/contracts';

/** A PATCH by owner; an owner whose part is empty isn't concerned. */
export interface PatchParts {
  qualification: StatusPatch;
  scoring: { rating?: number | null };
  routing: RoutingPatch;
  intake: IntakePatch;
}

const OWNED = {
  qualification: ['status', 'disqualification_reason', 'qualification_notes'],
  scoring: ['rating'],
  routing: ['owner_id', 'team_id', 'priority', 'next_follow_up'],
} as const satisfies Record<string, readonly (keyof PatchLead)[]>;

/** Gives each field to its owner; what no other owner claims is intake's. */
export function splitPatch(patch: PatchLead): PatchParts {
  const parts = { qualification: {}, scoring: {}, routing: {}, intake: {} };
  for (const [field, value] of Object.entries(patch)) {
    const owner = (Object.keys(OWNED) as (keyof typeof OWNED)[]).find((name) => (OWNED[name] as readonly string[]).includes(field));
    Object.assign(parts[owner ?? 'intake'], { [field]: value });
  }
  return parts;
}

export const isEmpty = (part: object): boolean => Object.keys(part).length === 0;
