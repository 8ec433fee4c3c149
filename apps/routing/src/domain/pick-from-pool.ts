import type { Facts } from '@headwater/rules';
import { exclusionOf, type Rep, type Terms } from './eligibility';
import type { Candidate, Counters, Matter, PoolOptions, RoutingStrategy } from './strategies';

export interface Member {
  readonly rep: Rep;
  readonly counters: Counters;
  /** a member by its team, or because everybody is one, whom the rotation has not counted yet */
  readonly fresh?: boolean;
  /** was a member by a team that it isn't in any more */
  readonly left?: boolean;
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

/** What is asked of a pool for one lead. */
export interface PoolQuestion {
  readonly strategy: RoutingStrategy;
  readonly lead: Facts;
  readonly members: readonly Member[];
  readonly options?: PoolOptions;
  readonly terms?: Terms;
}

export interface PoolAnswer {
  /** null when nobody is eligible, or nobody suits */
  readonly pick: Pick | null;
  /** every member, in the pool's order */
  readonly lookedAt: readonly LookedAt[];
}

/**
 * Lets a strategy pick one of a pool's members. Only those who suit the lead and are eligible are its to choose from; of those
 * who suit it learns who is not eligible, so that a rotation can move on for them. Who doesn't suit is no part of the turn.
 */
export function pickFromPool({ strategy, lead, members, options = {}, terms = {} }: PoolQuestion): PoolAnswer {
  const looked = joined(members, strategy, { lead, options }).map((member) => {
    const asked = candidate(member);
    const unsuited = strategy.unsuited?.(asked, { lead, options }) ?? null;
    return { member, asked, suits: unsuited === null, excluded: (member.left ? LEFT : exclusionOf(member.rep, terms)) ?? unsuited };
  });
  const lookedAt = looked.map(({ member, excluded }) => lookAt(member, excluded));
  const eligible = looked.filter(({ excluded }) => excluded === null);
  if (eligible.length === 0) return { pick: null, lookedAt };
  const choice = strategy.pick({
    lead, options,
    eligible: eligible.map(({ asked }) => asked),
    excluded: looked.filter(({ suits, excluded }) => suits && excluded !== null).map(({ asked }) => asked),
  });
  const chosen = eligible.find(({ member: { rep } }) => rep.id === choice.repId)?.member;
  if (!chosen) throw new Error(`The strategy ${strategy.name} picked somebody who is not eligible`);
  const after = looked.map(({ member: { rep, counters } }): [number, Counters] => {
    const moved = { ...counters, ...choice.counters?.get(rep.id) };
    return [rep.id, rep.id === choice.repId ? { ...moved, picks: counters.picks + 1 } : moved];
  });
  return { pick: { rep: chosen.rep, because: choice.because, counters: new Map(after) }, lookedAt };
}

const LEFT = 'not in the team any more';

/** Who joins begins where those are who get such leads: nobody is flooded to catch up, nobody waits. */
function joined(members: readonly Member[], strategy: RoutingStrategy, matter: Matter): readonly Member[] {
  if (!members.some(({ fresh }) => fresh)) return members;
  const peers = members.filter((member) => !member.fresh && !strategy.unsuited?.(candidate(member), matter));
  const turn = Math.max(0, ...peers.map(({ counters }) => counters.turn));
  return members.map((member) => (member.fresh ? { ...member, counters: { ...member.counters, turn } } : member));
}

const lookAt = ({ rep, counters }: Member, excluded: string | null): LookedAt => ({
  rep_id: rep.id, name: rep.name, excluded, counters: { ...counters, open_leads: rep.open_leads, weight: rep.weight },
});

const candidate = ({ rep, counters }: Member): Candidate => ({
  repId: rep.id, name: rep.name, teamId: rep.team?.id ?? null, weight: rep.weight, openLeads: rep.open_leads, maxOpenLeads: rep.max_open_leads,
  skills: rep.skills ?? [], languages: rep.languages ?? [], counters,
});
