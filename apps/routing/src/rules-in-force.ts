import { Injectable } from '@nestjs/common';
import type { Queries } from '@headwater/platform';
import { compileRules, type CompiledRules } from './domain/rule-sets/compile-rules';
import { RuleSetsStore } from './store/rule-sets.store';

const MOST_REMEMBERED = 500;
/** How long a version is taken for the one in force without looking. Whoever holds the rotation looks anyway. */
const TRUSTED_MS = 2_000;

interface Seen { version: number | null; at: number }

/** A tenant's rules by version, made ready once: a version that was in force is never changed again. */
@Injectable()
export class RulesInForce {
  private readonly compiled = new Map<string, CompiledRules>();
  private readonly seen = new Map<string, Seen>();

  constructor(private readonly ruleSets: RuleSetsStore) {}

  /** The rules that are probably in force: good for getting ready what is decided under the rotation's lock. */
  async probably(queries: Queries, tenant: string): Promise<CompiledRules | null> {
    let seen = this.seen.get(tenant);
    if (!seen || performance.now() - seen.at > TRUSTED_MS) seen = this.saw(tenant, await this.ruleSets.activeVersion(queries, tenant));
    return seen.version === null ? null : this.of(queries, tenant, seen.version);
  }

  async of(queries: Queries, tenant: string, version: number): Promise<CompiledRules> {
    const key = `${tenant} ${version}`;
    const known = this.compiled.get(key);
    if (known) return known;
    const found = await this.ruleSets.version(queries, tenant, version);
    if (!found) throw new Error(`Version ${version} of the rules of ${tenant} is gone`);
    const rules = compileRules(version, found.document);
    if (this.compiled.size >= MOST_REMEMBERED) this.compiled.delete(this.compiled.keys().next().value!);
    if (found.status !== 'draft') this.compiled.set(key, rules);
    return rules;
  }

  /** What is in force, as somebody found who holds the rotation. */
  saw(tenant: string, version: number | null): Seen {
    if (this.seen.size >= MOST_REMEMBERED) this.seen.clear();
    const seen = { version, at: performance.now() };
    this.seen.set(tenant, seen);
    return seen;
  }
}
