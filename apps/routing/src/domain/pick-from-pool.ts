import type { Facts } from '@headwater/rules';
import { exclusionOf, type Rep } from './eligibility';
import type { Candidate, Counters, RoutingStrategy } from './strategies';

export interface Member {
  readonly rep: Rep;
  readonly counters: Counters;
}

/** A member as it was looked at: kept with the decision. */
export interface LookedAt {
  readonly rep_id: number;
  readonly name: string;
  /** why it was left out; null when it could have been picked */
  readonly excluded: string | null;
  /** as they were before the pick */
  readonly counters: Record<string, number>;
}

export interface Pick {
  readonly rep: Rep;
  readonly because: string;
  /** the counters of the whole pool after the pick, by rep */
  readonly counters: ReadonlyMap<number, Counters>;
}

export const lookAt = ({ rep, counters }: Member): LookedAt => ({
  rep_id: rep.id, name: rep.name, excluded: exclusionOf(rep),
  counters: { ...counters, open_leads: rep.open_leads, weight: rep.weight },
});

/**
 * Lets a strategy pick one of a pool's members. Only those who are eligible are its to choose from.
 * @returns null when nobody is eligible, or the strategy finds nobody who suits
 */
export function pickFromPool(strategy: RoutingStrategy, lead: Facts, members: readonly Member[]): Pick | null {
  const eligible = members.filter(({ rep }) => exclusionOf(rep) === null);
  if (eligible.length === 0) return null;
  const choice = strategy.pick({
    lead,
    eligible: eligible.map(candidate),
    excluded: members.filter(({ rep }) => exclusionOf(rep) !== null).map(candidate),
  });
  if (!choice) return null;
  const chosen = eligible.find(({ rep }) => rep.id === choice.repId);
  if (!chosen) throw new Error(`The strategy ${strategy.name} picked somebody who is not eligible`);
  const after = members.map(({ rep, counters }): [number, Counters] => {
    const moved = { ...counters, ...choice.counters?.get(rep.id) };
    return [rep.id, rep.id === choice.repId ? { ...moved, picks: counters.picks + 1 } : moved];
  });
  return { rep: chosen.rep, because: choice.because, counters: new Map(after) };
}

const candidate = ({ rep, counters }: Member): Candidate =>
  ({ repId: rep.id, name: rep.name, weight: rep.weight, openLeads: rep.open_leads, counters });
