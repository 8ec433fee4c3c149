import type { Facts } from '@headwater/rules';
import type { Candidate, Choice, Counters, PoolOptions, RoutingStrategy } from '../strategies';
import { exclusionOf, withLeads, type Rep, type Terms } from './eligibility';

/** A rep in a pool, as it was when the rotation was locked. */
export interface Member {
  readonly rep: Rep;
  readonly counters: Counters;
  /** a member by its team or role, or because everybody is one, whom the rotation has not counted yet */
  readonly fresh?: boolean;
  /** was a member by a team or role that it hasn't any more */
  readonly left?: boolean;
}

/** A member as it was looked at: kept with the decision. */
export interface LookedAt {
  readonly rep_id: number;
  readonly name: string;
  /** why it was left out; null when it could have been picked */
  readonly excluded: string | null;
  /** as they were before the pick */
  readonly counters: Readonly<Record<string, number>>;
  /** of who was picked: as they are since */
  readonly after?: Readonly<Record<string, number>>;
}

export interface Picked {
  readonly rep: Rep;
  readonly because: string;
}

export interface PoolAnswer {
  /** null when nobody is eligible, or nobody suits */
  readonly pick: Picked | null;
  /** in the pool's order; of a large pool some */
  readonly lookedAt: readonly LookedAt[];
  /** how many more were looked at, by what was found */
  readonly leftOut: Readonly<Record<string, number>>;
  /** when one of those whom the lead is for is at work again, RFC 3339; null when nobody will be by themselves */
  readonly opensAt: string | null;
}

interface Slot {
  readonly member: Member;
  rep: Rep;
  candidate: Candidate;
  fresh: boolean;
  excluded: string | null;
}

/** Those whom a lead is for. */
interface Suited { eligible: Slot[]; excluded: Slot[] }

const MOST_SHOWN = 25;
const AT_THE_CAP = 'at the cap';
const LEFT = 'not in the team, or without the role, any more';

/**
 * A pool while the leads of a batch are given to its members, one after the other. What a pick changes is kept here, so that the next
 * lead costs no more than it must; the strategies stay pure.
 */
export class PoolInTurn {
  private readonly slots: Slot[];
  private readonly byRep: ReadonlyMap<number, Slot>;
  /** of a strategy for which everybody suits every lead; null when somebody comes or goes */
  private everybody: Suited | null = null;
  private moved = false;

  /** @param gained leads that reps got in this batch from other pools */
  constructor(
    readonly strategy: RoutingStrategy, members: readonly Member[], private readonly options: PoolOptions = {}, gained: ReadonlyMap<number, number> = new Map(),
  ) {
    this.slots = members.map((member) => slotOf(member, gained.get(member.rep.id) ?? 0));
    this.byRep = new Map(this.slots.map((slot) => [slot.member.rep.id, slot]));
  }

  /**
   * Lets the strategy pick one of those who are eligible and whom the lead is for, and counts it. Of the others whom it is for the
   * strategy learns, so that a rotation can move on for them; for who doesn't suit nothing moves.
   */
  ask(lead: Facts, terms: Terms = {}): PoolAnswer {
    const { unsuited, suited } = this.suited(lead, terms);
    this.join(suited);
    if (suited.eligible.length === 0) return { pick: null, ...this.look(unsuited, terms), opensAt: opensAt(suited.excluded) };
    const before = suited.eligible.map(({ candidate }) => candidate);
    const choice = this.strategy.pick({ lead, options: this.options, eligible: before, excluded: suited.excluded.map(({ candidate }) => candidate) });
    const chosen = this.byRep.get(choice.repId);
    if (!chosen || !suited.eligible.includes(chosen)) throw new Error(`The strategy ${this.strategy.name} picked somebody who is not eligible`);
    const looked = this.look(unsuited, terms, chosen);
    this.count(choice, chosen);
    const after = numbersOf(chosen.candidate);
    const lookedAt = looked.lookedAt.map((one) => (one.rep_id === choice.repId ? { ...one, after } : one));
    return { pick: { rep: chosen.member.rep, because: choice.because }, lookedAt, leftOut: looked.leftOut, opensAt: null };
  }

  /** Whether somebody is left out only because of how much they have. */
  hasCapped(): boolean {
    return this.slots.some(({ excluded }) => excluded?.startsWith(AT_THE_CAP));
  }

  /** A rep has so many leads more than when the rotation was locked, from whichever pool. */
  gains(repId: number, gained: number): void {
    const slot = this.byRep.get(repId);
    if (!slot) return;
    slot.rep = withLeads(slot.member.rep, gained);
    slot.candidate = { ...slot.candidate, openLeads: slot.rep.open_leads };
    const excluded = exclusionIn(slot);
    if (excluded !== slot.excluded) this.everybody = null;
    slot.excluded = excluded;
  }

  /** The counters that are no longer what they were, or were not counted before. */
  changes(): (Counters & { rep_id: number })[] {
    if (!this.moved) return [];
    return this.slots.flatMap(({ member: { rep, counters: was, fresh }, fresh: unknown, candidate: { counters } }) => {
      const same = was.picks === counters.picks && was.turn === counters.turn && was.current_weight === counters.current_weight;
      return (same && !fresh) || unknown ? [] : [{ rep_id: rep.id, ...counters }];
    });
  }

  private suited(lead: Facts, { barred, waitUntil }: Terms): { unsuited: ReadonlyMap<Slot, string>; suited: Suited } {
    const { strategy: { unsuited: ask }, options } = this;
    const unsuited = new Map<Slot, string>();
    if (!ask && !barred?.size && !waitUntil) {
      this.everybody ??= split(this.slots, ({ excluded }) => excluded);
      return { unsuited, suited: this.everybody };
    }
    if (ask) {
      for (const slot of this.slots) {
        const why = ask(slot.candidate, { lead, options });
        if (why !== null) unsuited.set(slot, why);
      }
    }
    const terms = { barred, waitUntil };
    const left = this.slots.filter((slot) => !unsuited.has(slot));
    return { unsuited, suited: split(left, barred?.size || waitUntil ? (slot) => exclusionIn(slot, terms) : ({ excluded }) => excluded) };
  }

  /** Who joins begins where those are who get such leads: nobody is flooded to catch up, nobody waits. */
  private join({ eligible, excluded }: Suited): void {
    const all = [...eligible, ...excluded];
    if (!all.some(({ fresh }) => fresh)) return;
    const turn = all.reduce((most, { fresh, candidate: { counters } }) => (fresh ? most : Math.max(most, counters.turn)), 0);
    for (const slot of all) {
      if (!slot.fresh) continue;
      slot.fresh = false;
      slot.candidate = { ...slot.candidate, counters: { ...slot.candidate.counters, turn } };
    }
  }

  private look(unsuited: ReadonlyMap<Slot, string>, terms: Terms, chosen?: Slot): Pick<PoolAnswer, 'lookedAt' | 'leftOut'> {
    const why = (slot: Slot): string | null =>
      (terms.barred?.size || terms.waitUntil ? exclusionIn(slot, terms) : slot.excluded) ?? unsuited.get(slot) ?? null;
    const shown = this.slots.length <= MOST_SHOWN ? this.slots : this.some(chosen);
    const leftOut: Record<string, number> = {};
    if (shown !== this.slots) {
      const isShown = new Set(shown);
      for (const slot of this.slots) {
        if (isShown.has(slot)) continue;
        const kind = kindOf(why(slot) ?? 'eligible');
        leftOut[kind] = (leftOut[kind] ?? 0) + 1;
      }
    }
    return {
      lookedAt: shown.map((slot) => ({ rep_id: slot.member.rep.id, name: slot.member.rep.name, excluded: why(slot), counters: numbersOf(slot.candidate) })), leftOut,
    };
  }

  /** The first of a large pool, and who was picked. */
  private some(chosen: Slot | undefined): Slot[] {
    const first = this.slots.slice(0, MOST_SHOWN);
    return chosen && !first.includes(chosen) ? [...first.slice(0, -1), chosen] : first;
  }

  private count({ repId, counters }: Choice, picked: Slot): void {
    this.moved = true;
    for (const [id, moved] of counters ?? []) {
      const slot = this.byRep.get(id)!;
      slot.candidate = { ...slot.candidate, counters: { ...slot.candidate.counters, ...moved } };
    }
    const { candidate } = this.byRep.get(repId)!;
    picked.candidate = { ...candidate, counters: { ...candidate.counters, picks: candidate.counters.picks + 1 } };
  }
}

const slotOf = (member: Member, gained: number): Slot => {
  const rep = withLeads(member.rep, gained);
  return { member, rep, candidate: candidateOf(rep, member.counters), fresh: member.fresh ?? false, excluded: exclusionIn({ member, rep }) };
};

const exclusionIn = ({ member, rep }: Pick<Slot, 'member' | 'rep'>, terms: Terms = {}): string | null => (member.left ? LEFT : exclusionOf(rep, terms));

function split(slots: readonly Slot[], excludedIn: (slot: Slot) => string | null): Suited {
  const suited: Suited = { eligible: [], excluded: [] };
  for (const slot of slots) (excludedIn(slot) === null ? suited.eligible : suited.excluded).push(slot);
  return suited;
}

const candidateOf = (rep: Rep, counters: Counters): Candidate => ({
  repId: rep.id, name: rep.name, teamId: rep.team?.id ?? null, weight: rep.weight, openLeads: rep.open_leads, maxOpenLeads: rep.max_open_leads,
  skills: rep.skills ?? [], languages: rep.languages ?? [], counters,
});

const numbersOf = ({ counters, openLeads, weight }: Candidate): Record<string, number> => ({ ...counters, open_leads: openLeads, weight });

/** A reason without its numbers. */
const kindOf = (reason: string): string => reason.split(/ \(| until /, 1)[0];

/** The first moment at which somebody's absence ends who could be picked then. */
function opensAt(excluded: readonly Slot[]): string | null {
  const ends = excluded.flatMap(({ member: { left }, rep }) => {
    const until = rep.away?.until ?? null;
    return until !== null && !left && exclusionOf({ ...rep, away: null }) === null ? [until] : [];
  });
  return ends.length === 0 ? null : ends.reduce((first, end) => (Date.parse(end) < Date.parse(first) ? end : first));
}
