import type { Context } from '../context';
import { Count, Decimal, Document, Documents, Flag, Id, Instant, Integer, Integers, Nested, NestedList, Text } from '../field';
import { Named } from '../lead';
import { defineRequest } from '../request';

const MOST_REPS = 10_000;
/** Of one simulation. */
export const MOST_SIMULATED = { given: 200, past: 2_000, days: 90 } as const;

/** Body of `POST /routing/simulate`: leads that are there, facts as rules see them, or what was routed in the past days. */
export class SimulateRoutingRequest {
  @Id({ description: 'a version of the rules; the active one when absent' }) rule_set_id?: number | null;
  @Integers(MOST_SIMULATED.given, { description: 'ids of leads' }) lead_ids?: number[] | null;
  @Documents(MOST_SIMULATED.given, { description: 'fields of rules with their values, `score` and `custom_fields` as objects' }) leads?: object[] | null;
  @Integer(1, MOST_SIMULATED.days, { description: 'what was routed first in so many days: the newest 2,000 of it' }) past_days?: number | null;
}

export class SimulatedAssignment {
  @Id({ description: 'null of facts that were given' }) lead_id?: number | null;
  @Text(100, { description: 'the rule that would hold; null: the default' }) rule?: string | null;
  @Text(200) pool?: string | null;
  @Text(100) queue?: string | null;
  @Nested(() => Named, { description: 'who would get it' }) owner?: Named | null;
  @Instant({ description: 'when it would be looked at again' }) waits_until?: string | null;
  @Text(2_000, { required: true }) because: string;
  @Nested(() => Named, { description: 'who has got it' }) former_owner?: Named | null;
  @Flag({ required: true, description: 'somebody else would get it than got it' }) differs: boolean;
}

export class SimulatedLoad {
  @Nested(() => Named, { required: true }) rep: Named;
  @Integer(0, MOST_SIMULATED.past, { required: true }) leads: number;
  @Integer(0, MOST_SIMULATED.past, { required: true, description: 'of the same leads' }) former_leads: number;
}

/** Who would get what; nothing is written, and no counter moves. */
export class SimulatedRouting {
  @Integer(1, 1_000_000, { required: true }) version: number;
  @NestedList(() => SimulatedAssignment, MOST_SIMULATED.past, { required: true }) leads: SimulatedAssignment[];
  @NestedList(() => SimulatedLoad, MOST_REPS, { required: true, description: 'who would get most first' }) load: SimulatedLoad[];
  @Integer(0, MOST_SIMULATED.past, { required: true }) unassigned: number;
  @Integer(0, MOST_SIMULATED.past, { required: true }) differ: number;
  @Flag({ required: true, description: 'there are more than could be tried' }) truncated: boolean;
}
export const SimulateRouting = defineRequest<{ context: Context } & SimulateRoutingRequest, { simulation: SimulatedRouting }>('routing', 'simulate');

export class RepShare {
  @Nested(() => Named, { required: true }) rep: Named;
  @Count({ required: true }) assignments: number;
  @Document({ required: true, description: 'assignments by how the rep was found' }) kinds: Record<string, number>;
}

export class PoolShare {
  @Text(200, { description: 'null of leads that came to nobody by a pool' }) pool?: string | null;
  @NestedList(() => RepShare, MOST_REPS, { required: true }) reps: RepShare[];
  @Count({ required: true, description: 'most and fewest picks of the rotation, apart' }) spread: number;
  @Decimal(0, 1, { required: true, description: 'of the picks of the rotation, by weight: 0 when all have their share' }) gini: number;
}

/** Who got how much in some time. */
export class RoutingFairness {
  @Instant({ required: true }) from: string;
  @Instant({ required: true, description: 'the first moment after it' }) until: string;
  @NestedList(() => PoolShare, 10_000, { required: true }) pools: PoolShare[];
  @NestedList(() => RepShare, MOST_REPS, { required: true, description: 'over all pools' }) reps: RepShare[];
  @Decimal(0, 1, { required: true, description: 'of all assignments' }) gini: number;
  @Document({ required: true }) kinds: Record<string, number>;
}
export const GetFairness = defineRequest<{ context: Context; from?: string; until?: string }, { fairness: RoutingFairness }>('routing', 'get_fairness');
