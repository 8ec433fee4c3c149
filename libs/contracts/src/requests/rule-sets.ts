import type { Context } from '../context';
import { Document, Id, Instant, Integer, OneOf, Text } from '../field';
import { defineRequest } from '../request';
import type { Priority } from '../vocabulary';

/** A draft may be changed; one is active; what was active before is retired, and can be activated again. */
export const RULE_SET_STATUSES = ['draft', 'active', 'retired'] as const;
export type RuleSetStatus = (typeof RULE_SET_STATUSES)[number];

/** What may change of a lead so that the rules have their say again. */
export const REROUTE_CAUSES = ['country', 'region', 'industry', 'company_size', 'hot'] as const;
export type RerouteCause = (typeof REROUTE_CAUSES)[number];

/** Where a rule leads: exactly one of them. */
export interface RoutingTarget {
  /** name of a pool */
  pool?: string | null;
  /** user id of a rep */
  rep?: string | null;
  /** name of a team: its members, by `strategy` */
  team?: string | null;
  /** a role of reps: whoever has it, by `strategy` */
  role?: string | null;
  strategy?: string | null;
  /** whoever owns the lead's territory */
  territory_owner?: boolean | null;
  /** name of a queue, which people claim from */
  queue?: string | null;
}
export interface RoutingPool {
  name: string; strategy: string;
  /** user ids */
  members?: string[];
  /** names of teams, whose members belong to it */
  teams?: string[];
  /** whoever has one of these roles belongs to it */
  roles?: string[];
  /** how long a lead waits for somebody who will be available again; 0 when absent */
  max_wait_hours?: number;
  /** name of the pool that is asked next; the default's when absent */
  fallback?: string | null;
  /** what its strategy is told */
  options?: { fields?: string[] | null; tiers?: { name: string; min_employees?: number | null; min_revenue?: number | null }[] | null } | null;
}
export interface RoutingRuleSet {
  rules: ({ name: string; when: unknown; priority?: Priority; sla_policy?: string | null } & RoutingTarget)[];
  default: RoutingTarget & { sla_policy?: string | null };
  queues?: { name: string; teams?: string[]; roles?: string[] }[];
  reroute_on?: RerouteCause[];
  /** how long the first routing waits for enrichment that is on its way; 8 when absent */
  wait_seconds?: number;
}
export interface RuleSetDocument extends RoutingRuleSet {
  pools: RoutingPool[];
}

/** Body of `POST /routing/rule-sets` and `PUT /routing/rule-sets/{id}`. */
export class RuleSetRequest {
  @Text(200, { description: 'what it is for', example: 'Enterprise first' }) name?: string | null;
  @Document({ required: true, description: 'pools, rules, default, queues, reroute_on, wait_seconds' }) document: object;
}

/** A version of a tenant's rules. */
export class RuleSetView {
  @Id({ required: true }) id: number;
  @Integer(1, 1_000_000, { required: true, description: "the tenant's; decisions name it" }) version: number;
  @OneOf(RULE_SET_STATUSES, { required: true }) status: RuleSetStatus;
  @Text(200) name?: string | null;
  @Document({ required: true, description: 'as it may be sent back' }) document: object;
  @Instant({ required: true }) created_at: string;
  @Text(200, { required: true }) created_by: string;
  @Instant({ description: 'the last time' }) activated_at?: string | null;
  @Text(200) activated_by?: string | null;
}

export const ListRuleSets = defineRequest<
  { context: Context; cursor?: string; limit: number }, { rule_sets: RuleSetView[]; next_cursor: string | null }
>('routing', 'list_rule_sets');
export const GetRuleSet = defineRequest<{ context: Context; id: number }, { rule_set: RuleSetView }>('routing', 'get_rule_set');
/** Writes a draft: a new one, or that of the id. */
export const DraftRuleSet =
  defineRequest<{ context: Context; id?: number; name?: string | null; document: unknown }, { rule_set: RuleSetView }>('routing', 'draft_rule_set');
export const DeleteRuleSet = defineRequest<{ context: Context; id: number }, { rule_set: RuleSetView }>('routing', 'delete_rule_set');
/** Without an id the one that the present one had replaced. */
export const ActivateRuleSet = defineRequest<{ context: Context; id?: number }, { rule_set: RuleSetView }>('routing', 'activate_rule_set');
