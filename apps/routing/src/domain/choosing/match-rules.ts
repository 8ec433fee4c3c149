import type { Priority } from '@headwater/contracts';
import { evaluate, explain, type Facts, type Trace } from '@headwater/rules';
import type { CompiledRules } from '../rule-sets/compile-rules';

export interface TriedRule {
  readonly name: string;
  readonly held: boolean;
  readonly trace: Trace;
}

/** Where the rules send a lead, before anybody is picked. */
export interface Match {
  readonly version: number;
  /** the rule that held; null when none did, or nobody was asked */
  readonly rule: string | null;
  /** the rule in a few words, or that none held */
  readonly why: string;
  /** names of pools, to be tried in order: the target's, those that it falls back to, then the default's */
  readonly pools: readonly string[];
  /** where it waits for people when nobody of the pools is available; null: in the queue of the unassigned */
  readonly queue: string | null;
  readonly priority: Priority | null;
  /** the SLA policy that the rule names */
  readonly sla_policy: string | null;
}

/** The first rule that holds decides; where none does, the default. */
export function matchRules({ version, rules, fallback }: CompiledRules, facts: Facts): Match {
  const rule = rules.find(({ holds }) => holds(facts));
  if (!rule) return { version, rule: null, why: 'no rule held', ...fallback };
  const { name, when, pools, queue, priority, sla_policy } = rule;
  return { version, rule: name, why: `rule "${name}" (${explain(evaluate(when, facts).trace)})`, pools, queue, priority, sla_policy };
}

/** Where somebody sends a lead instead of asking the rules; null when the pool isn't there. @param sla_policy that the lead has: it stays */
export function matchPool({ version, byPool }: CompiledRules, pool: string, sla_policy: string | null): Match | null {
  const found = byPool.get(pool);
  return found ? { version, rule: null, why: `for the pool ${pool}`, ...found, sla_policy } : null;
}

/** Every rule that was tried, in order, up to the one that held: what came of each part of its condition. */
export function explainRules({ rules }: CompiledRules, facts: Facts): TriedRule[] {
  const held = rules.findIndex(({ holds }) => holds(facts));
  return rules.slice(0, held < 0 ? rules.length : held + 1).map(({ name, when }) => {
    const { holds, trace } = evaluate(when, facts);
    return { name, held: holds, trace };
  });
}
