import { Injectable } from '@nestjs/common';
import { DEFAULT_MODEL, Frequencies, Matcher, type MatchingModel } from '@headwater/matching';
import type { Queries, Tx } from '@headwater/platform';
import { MatchingModelsStore } from '../store/matching-models.store';

/** How the leads of one tenant are matched at the moment. */
export interface TenantMatching {
  /** of the model; 0 for the defaults */
  version: number;
  /** of the frequencies; 0 for none */
  statistics: number;
  model: MatchingModel;
  /** how many leads the tenant had when they were counted last, and a few at least */
  records: number;
  frequencies: Frequencies;
  matcher: Matcher;
}

/** A tenant that has just begun isn't taken for a village of two, where any likeness is a rare one. */
const FEWEST = 100;
/** Kept in memory; the frequencies of a large tenant take up to a megabyte. */
const MOST_TENANTS = 100;

const withRecords = (counted: number): number => Math.max(counted, FEWEST);

function begin(): TenantMatching {
  const frequencies = Frequencies.from({ values: {}, words: {} }, FEWEST);
  return { version: 0, statistics: 0, model: DEFAULT_MODEL, records: FEWEST, frequencies, matcher: new Matcher(DEFAULT_MODEL, frequencies) };
}

/** The model and the frequencies of each tenant, as they are in force. */
@Injectable()
export class MatchingModels {
  private readonly defaults = begin();
  private readonly known = new Map<string, TenantMatching>();

  constructor(private readonly store: MatchingModelsStore) {}

  /** Asks which versions are in force, and loads those that aren't known yet. */
  async of(queries: Queries, tenants: Iterable<string>): Promise<ReadonlyMap<string, TenantMatching>> {
    const versions = await this.store.versions(queries, [...new Set(tenants)]);
    const all = new Map<string, TenantMatching>();
    for (const { tenant_id, model, statistics } of versions) {
      const known = this.last(tenant_id);
      const isKnown = known.version === model && known.statistics === statistics;
      all.set(tenant_id, isKnown ? known : await this.load(queries, tenant_id));
    }
    return all;
  }

  /** See `MatchingModelsStore.mayKey`. */
  mayKey(tx: Tx, tenants: Iterable<string>): Promise<boolean> {
    return this.store.mayKey(tx, [...new Set(tenants)]);
  }

  /** As it was when it was needed last; for what is decided at once, and looked at again. */
  last(tenant: string): TenantMatching {
    return this.known.get(tenant) ?? this.defaults;
  }

  private async load(queries: Queries, tenant: string): Promise<TenantMatching> {
    const stored = await this.store.active(queries, tenant);
    const statistics = await this.store.statistics(queries, tenant);
    const model = stored?.document ?? DEFAULT_MODEL;
    const records = withRecords(statistics?.records ?? 0);
    const frequencies = Frequencies.from(statistics?.document ?? { values: {}, words: {} }, records);
    const loaded: TenantMatching = {
      version: stored?.version ?? 0, statistics: statistics?.version ?? 0, model, records, frequencies, matcher: new Matcher(model, frequencies),
    };
    if (this.known.size >= MOST_TENANTS) this.known.delete(this.known.keys().next().value as string);
    this.known.set(tenant, loaded);
    return loaded;
  }
}
