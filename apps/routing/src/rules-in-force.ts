import { Injectable } from '@nestjs/common';
import type { Tx } from '@headwater/platform';
import { compileRules, type CompiledRules } from './domain/rule-sets/compile-rules';
import { RuleSetsStore } from './store/rule-sets.store';

const MOST_REMEMBERED = 500;

/** A tenant's rules by version, made ready once: a version that was in force is never changed again. */
@Injectable()
export class RulesInForce {
  private readonly compiled = new Map<string, CompiledRules>();

  constructor(private readonly ruleSets: RuleSetsStore) {}

  async of(queries: Pick<Tx, 'query'>, tenant: string, version: number): Promise<CompiledRules> {
    const key = `${tenant} ${version}`;
    const known = this.compiled.get(key);
    if (known) return known;
    const found = await this.ruleSets.version(queries, tenant, version);
    if (!found) throw new Error(`Version ${version} of the rules of ${tenant} is gone`);
    const rules = compileRules(version, found.document);
    if (this.compiled.size >= MOST_REMEMBERED) this.compiled.delete(this.compiled.keys().next().value!);
    this.compiled.set(key, rules);
    return rules;
  }
}
