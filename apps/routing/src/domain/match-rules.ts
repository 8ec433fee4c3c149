import type { Priority } from '@headwater/contracts';
import { evaluate, explain, type Facts, type Trace } from '@headwater/rules';
import type { SetupRuleSet } from './setup-document';

/** A version of a tenant's rules. */
export interface RuleSet extends SetupRuleSet {
  readonly version: number;
}

export interface TriedRule {
  readonly name: string;
  readonly held: boolean;
  readonly trace: Trace;
}

/** Where the rules send a lead, before anybody is picked. */
export interface Match {
  readonly version: number;
  /** in order, up to the one that held */
  readonly tried: readonly TriedRule[];
  /** the rule in a few words, or that none held */
  readonly why: string;
  /** names of pools, to be tried in order: the rule's, then the default */
  readonly pools: readonly string[];
  readonly priority: Priority | null;
}

/** The first rule that holds decides; where none does, the default. */
export function matchRules({ version, rules, default: fallback }: RuleSet, facts: Facts): Match {
  const tried: TriedRule[] = [];
  for (const { name, when, pool, priority } of rules) {
    const { holds, trace } = evaluate(when, facts);
    tried.push({ name, held: holds, trace });
    if (!holds) continue;
    const pools = pool === fallback.pool ? [pool] : [pool, fallback.pool];
    return { version, tried, why: `rule "${name}" (${explain(trace)})`, pools, priority: priority ?? null };
  }
  return { version, tried, why: 'no rule held', pools: [fallback.pool], priority: null };
}
