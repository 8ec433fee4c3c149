import { Injectable } from '@nestjs/common';
import type { NurtureRules } from '@headwater/contracts';
import type { Tx } from '@headwater/platform';
import { DEFAULT_RULES } from '../domain/nurturing/nurture-rules';
import { NurtureRulesStore } from '../store/nurture-rules.store';

type Queries = Pick<Tx, 'query'>;

/** Tenants that are remembered. */
const MOST_TENANTS = 1_000;
const BY_DEFAULT = { version: 0, document: DEFAULT_RULES };

/** The nurture rules of tenants, in memory: read again when there is a newer version. */
@Injectable()
export class NurtureRulesInForce {
  private readonly known = new Map<string, { version: number; document: NurtureRules }>();

  constructor(private readonly store: NurtureRulesStore) {}

  /** @returns a function from tenant to rules */
  async current(queries: Queries, tenants: Iterable<string>): Promise<(tenant: string) => NurtureRules> {
    const asked = [...new Set(tenants)];
    const versions = new Map((await this.store.versions(queries, asked)).map(({ tenant, version }) => [tenant, version]));
    if (this.known.size + asked.length > MOST_TENANTS) this.known.clear();
    const found = new Map<string, NurtureRules>();
    for (const tenant of asked) {
      const version = versions.get(tenant) ?? 0;
      if (version !== 0 && this.known.get(tenant)?.version !== version) {
        const newest = await this.store.newest(queries, tenant);
        if (newest) this.known.set(tenant, newest);
      }
      found.set(tenant, (version === 0 ? BY_DEFAULT : this.known.get(tenant) ?? BY_DEFAULT).document);
    }
    return (tenant) => found.get(tenant) ?? DEFAULT_RULES;
  }

  async of(queries: Queries, tenant: string): Promise<NurtureRules> {
    return (await this.current(queries, [tenant]))(tenant);
  }
}
