import {
  Document, Flag, Integer, Money, Nested, NestedList, OneOf, PRIORITIES, REROUTE_CAUSES, Text, Texts,
  type Priority, type RerouteCause, type RoutingPool, type RoutingRuleSet, type RoutingTarget, type RuleSetDocument as Document_,
} from '@headwater/contracts';
import type { Condition } from '@headwater/rules';

const MOST = { pools: 200, members: 2_000, teams: 200, roles: 50, rules: 500, queues: 50 };
const MOST_WAIT_HOURS = 336;
const MOST_WAIT_SECONDS = 600;

export class SetupTier {
  @Text(60, { required: true, description: 'a skill of the reps who are for it' }) name: string;
  @Integer(0, 100_000_000) min_employees?: number | null;
  @Money() min_revenue?: number | null;
}

/** What the strategy of a pool is told. */
export class SetupPoolOptions {
  @Texts(20, 120, { description: '`specialist`: fields of a lead that name a skill; `industry` and `custom_fields.product` when absent' })
  fields?: string[] | null;
  @NestedList(() => SetupTier, 20, { description: '`company_size`: sizes of companies from the smallest; small, mid_market and enterprise when absent' })
  tiers?: SetupTier[] | null;
}

export class SetupPool implements RoutingPool {
  @Text(100, { required: true }) name: string;
  @Text(60, { required: true, description: 'name of a strategy' }) strategy: string;
  @Texts(MOST.members, 200, { description: 'user ids; where a strategy looks at order, this one' }) members?: string[];
  @Texts(MOST.teams, 200, { description: 'names of teams, whose members belong to it' }) teams?: string[];
  @Texts(MOST.roles, 60, { description: 'roles of reps; whoever has one of them belongs to it' }) roles?: string[];
  @Integer(0, MOST_WAIT_HOURS, { description: 'how long a lead waits for somebody who will be available again; 0 when absent' })
  max_wait_hours?: number;
  @Text(100, { description: 'name of the pool that is asked next' }) fallback?: string | null;
  @Nested(() => SetupPoolOptions) options?: SetupPoolOptions | null;
}

/** Where leads go: exactly one of pool, rep, team, role, territory_owner and queue. */
export class SetupTarget implements RoutingTarget {
  @Text(100, { description: 'name of a pool' }) pool?: string | null;
  @Text(200, { description: 'user id of a rep' }) rep?: string | null;
  @Text(200, { description: 'name of a team' }) team?: string | null;
  @Text(60, { description: 'a role of reps' }) role?: string | null;
  @Text(60, { description: 'of those of a team or role; round_robin when absent' }) strategy?: string | null;
  @Flag({ description: "whoever owns the lead's territory" }) territory_owner?: boolean | null;
  @Text(100, { description: 'name of a queue' }) queue?: string | null;
  @Text(100, { description: 'name of an SLA policy' }) sla_policy?: string | null;
}

export class SetupRule extends SetupTarget {
  @Text(100, { required: true }) name: string;
  @Document({ required: true, description: 'a condition over the rule fields' }) when: Condition;
  @OneOf(PRIORITIES) priority?: Priority;
}

/** Leads that people claim. Everybody may, unless teams or roles are named. */
export class SetupQueue {
  @Text(100, { required: true }) name: string;
  @Texts(MOST.teams, 200, { description: 'names of teams whose members may claim' }) teams?: string[];
  @Texts(MOST.roles, 60, { description: 'roles of reps who may claim' }) roles?: string[];
}

export class SetupRuleSet implements RoutingRuleSet {
  @NestedList(() => SetupRule, MOST.rules, { required: true, description: 'the first that holds decides' }) rules: SetupRule[];
  @Nested(() => SetupTarget, { required: true }) default: SetupTarget;
  @NestedList(() => SetupQueue, MOST.queues) queues?: SetupQueue[];
  @Texts(REROUTE_CAUSES.length, 40, { description: REROUTE_CAUSES.join(', ') }) reroute_on?: RerouteCause[];
  @Integer(0, MOST_WAIT_SECONDS, { description: 'how long the first routing waits for enrichment; 8 when absent' }) wait_seconds?: number;
}

/** The rules of a tenant, and the pools that they lead to, in one document. */
export class RuleSetDocument extends SetupRuleSet implements Document_ {
  @NestedList(() => SetupPool, MOST.pools, { required: true }) pools: SetupPool[];
}

/** As it is stored, beside the people of those that were put with them. */
export interface StoredDocument {
  readonly pools: SetupPool[];
  readonly rule_set: SetupRuleSet;
}

export const storedFrom = ({ pools, ...rule_set }: RuleSetDocument): StoredDocument => ({ pools, rule_set });
export const documentFrom = ({ pools, rule_set }: StoredDocument): RuleSetDocument => ({ pools, ...rule_set });
