import type { Priority, RerouteCause } from '@headwater/contracts';
import { compile, type Condition, type Facts } from '@headwater/rules';
import { asName } from './check-names';
import type { SetupPool, SetupTarget, StoredDocument } from './rule-set-document';
import { poolOf } from './targets';

const DEFAULT_WAIT_SECONDS = 8;

/** Where a rule, or the default, leads. */
export interface Destination {
  readonly pools: readonly string[];
  readonly queue: string | null;
  readonly priority: Priority | null;
  readonly sla_policy: string | null;
}

export interface CompiledRule extends Destination {
  readonly name: string;
  readonly when: Condition;
  readonly holds: (facts: Facts) => boolean;
}

/** Teams and roles, in lower case the latter, of those who may claim; everybody where there are neither. */
export interface Claimants { readonly teams: readonly string[]; readonly roles: readonly string[] }

/** A version of a tenant's rules, made ready once for all leads that it routes. */
export interface CompiledRules {
  readonly version: number;
  readonly rules: readonly CompiledRule[];
  readonly fallback: Destination;
  /** of the pools that the document names, each with those that it falls back to */
  readonly byPool: ReadonlyMap<string, Destination>;
  /** hours, by pool; none for those that nobody waits for */
  readonly maxWait: ReadonlyMap<string, number>;
  /** who may claim from a queue, by its name */
  readonly queues: ReadonlyMap<string, Claimants>;
  readonly rerouteOn: readonly RerouteCause[];
  readonly waitSeconds: number;
}

/** @param document which was checked */
export function compileRules(version: number, { pools, rule_set }: StoredDocument): CompiledRules {
  const byName = new Map(pools.map((pool) => [pool.name, pool]));
  const fallback = destination(rule_set.default, null, byName, []);
  return {
    version,
    rules: rule_set.rules.map((rule) => ({
      name: rule.name, when: rule.when, holds: compile(rule.when), ...destination(rule, rule.priority ?? null, byName, fallback.pools, fallback.queue),
    })),
    fallback,
    byPool: new Map(pools.map(({ name }) => [name, destination({ pool: name }, null, byName, [])])),
    maxWait: new Map(pools.flatMap(({ name, max_wait_hours }) => (max_wait_hours ? [[name, max_wait_hours] as const] : []))),
    queues: new Map((rule_set.queues ?? []).map(({ name, teams = [], roles = [] }) => [name, { teams, roles: roles.map(asName) }])),
    rerouteOn: rule_set.reroute_on ?? [],
    waitSeconds: rule_set.wait_seconds ?? DEFAULT_WAIT_SECONDS,
  };
}

/** The pool of the target, those that it falls back to, and the default's; a queue ends it. */
function destination(
  target: SetupTarget, priority: Priority | null, byName: ReadonlyMap<string, SetupPool>, last: readonly string[], lastQueue: string | null = null,
): Destination {
  const sla_policy = target.sla_policy ?? null;
  if (target.queue) return { pools: [], queue: target.queue, priority, sla_policy };
  const pools: string[] = [];
  for (let name = poolOf(target)?.name; name !== undefined && !pools.includes(name); name = byName.get(name)?.fallback ?? undefined) pools.push(name);
  return { pools: [...new Set([...pools, ...last])], queue: lastQueue, priority, sla_policy };
}
