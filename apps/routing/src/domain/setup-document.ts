import {
  Document, Flag, Integer, Money, Nested, NestedList, OneOf, Pattern, PRIORITIES, Text, Texts, type Priority, type RoutingSetup,
} from '@headwater/contracts';
import type { Condition } from '@headwater/rules';

const MOST = { teams: 200, reps: 2_000, pools: 200, members: 2_000, rules: 200 };
const EMAIL = /^[^\s@]+@[^\s@]+$/;

export class SetupTeam {
  @Text(200, { required: true }) name: string;
}

export class SetupRep {
  @Text(200, { required: true, description: "the user's id: `sub` of the token" }) user_id: string;
  @Text(200, { required: true }) name: string;
  @Pattern(EMAIL, 320) email?: string | null;
  @Text(200, { description: 'name of a team' }) team?: string | null;
  @Text(60, { description: "IANA name; the tenant's when absent" }) time_zone?: string;
  @Integer(1, 1_000, { description: 'share in weighted pools; 1 when absent' }) weight?: number;
  @Flag({ description: 'true when absent' }) active?: boolean;
  @Integer(0, 1_000_000, { description: 'routed to nobody above it; no limit when absent' }) max_open_leads?: number | null;
}

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

export class SetupPool {
  @Text(100, { required: true }) name: string;
  @Text(60, { required: true, description: 'name of a strategy' }) strategy: string;
  @Texts(MOST.members, 200, { required: true, description: 'user ids; where a strategy looks at order, this one' }) members: string[];
  @Nested(() => SetupPoolOptions) options?: SetupPoolOptions | null;
}

export class SetupRule {
  @Text(100, { required: true }) name: string;
  @Document({ required: true, description: 'a condition over the rule fields' }) when: Condition;
  @Text(100, { required: true, description: 'name of a pool' }) pool: string;
  @OneOf(PRIORITIES) priority?: Priority;
}

export class SetupDefault {
  @Text(100, { required: true, description: 'name of a pool' }) pool: string;
}

export class SetupRuleSet {
  @NestedList(() => SetupRule, MOST.rules, { required: true, description: 'the first that holds decides' }) rules: SetupRule[];
  @Nested(() => SetupDefault, { required: true }) default: SetupDefault;
}

/** People, pools and rules of a tenant in one document. */
export class SetupDocument implements RoutingSetup {
  @NestedList(() => SetupTeam, MOST.teams, { required: true }) teams: SetupTeam[];
  @NestedList(() => SetupRep, MOST.reps, { required: true }) reps: SetupRep[];
  @NestedList(() => SetupPool, MOST.pools, { required: true }) pools: SetupPool[];
  @Nested(() => SetupRuleSet, { required: true }) rule_set: SetupRuleSet;
}
