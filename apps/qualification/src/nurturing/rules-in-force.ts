import { Injectable } from '@nestjs/common';
import type { NurtureRules } from '@headwater/contracts';
import type { Queries } from '@headwater/platform';
import { compileRules, type CompiledRules } from '../domain/nurturing/compile-rules';
import { DEFAULT_RULES } from '../domain/nurturing/nurture-rules';
import { ReadyDocuments } from '../ready-documents';
import { NurtureRulesStore } from '../store/nurture-rules.store';

const BY_DEFAULT = compileRules(DEFAULT_RULES);
/** Who looked longer ago than this doesn't know whose rules are for open leads, and asks: so long at most what another replica has put isn't known. */
const KNOWN_FOR_MS = 2_000;

/** The nurture rules of tenants, made ready. Which version is in force is asked each time; a version is read once. */
@Injectable()
export class NurtureRulesInForce {
  private readonly ready: ReadyDocuments<NurtureRules, CompiledRules>;
  /** the rules of tenants that enrol open leads, as they were a moment ago; null while that isn't known */
  private ofOpen: ReadonlyMap<string, CompiledRules> | null = null;
  private looks = 0;
  /** of `performance.now()`: before the last look that was done */
  private lookedAt = -Infinity;

  constructor(private readonly store: NurtureRulesStore) {
    this.ready = new ReadyDocuments((queries, keys) => this.store.at(queries, keys), ({ document, version }) => compileRules(document, version));
  }

  /** @returns a function from tenant to rules */
  async current(queries: Queries, tenants: Iterable<string>): Promise<(tenant: string) => CompiledRules> {
    const versions = await this.store.versions(queries, [...new Set(tenants)]);
    const rules = await this.ready.of(queries, versions);
    const found = new Map(versions.map(({ tenant }, i) => [tenant, rules[i]]));
    return (tenant) => found.get(tenant) ?? BY_DEFAULT;
  }

  async of(queries: Queries, tenant: string): Promise<CompiledRules> {
    return (await this.current(queries, [tenant]))(tenant);
  }

  /**
   * Whether a tenant's rules may enrol open leads: from memory, for those whom everything passes by. What another replica has put counts here
   * a second later, two at most.
   */
  mayEnrolOpen(tenant: string): boolean {
    const known = this.known;
    return known === null || known.has(tenant);
  }

  /** The same of those whose rules ask for something that intake tells. */
  mayAskForFacts(tenant: string): boolean {
    const known = this.known;
    return known === null || (known.get(tenant)?.factsOfOpen.length ?? 0) > 0;
  }

  private get known(): ReadonlyMap<string, CompiledRules> | null {
    return performance.now() - this.lookedAt <= KNOWN_FOR_MS ? this.ofOpen : null;
  }

  /** Looks whose rules enrol open leads; called once a second. */
  async look(queries: Queries): Promise<void> {
    const look = ++this.looks;
    const since = performance.now();
    const versions = await this.store.versionsForOpen(queries);
    const rules = await this.ready.of(queries, versions);
    if (look !== this.looks) return;
    this.ofOpen = new Map(versions.map(({ tenant }, i) => [tenant, rules[i]]));
    this.lookedAt = since;
  }

  /** Rules were put here: what was seen before says nothing any more. */
  changed(): void {
    this.looks += 1;
    this.ofOpen = null;
  }
}
