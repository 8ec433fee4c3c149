import { Injectable } from '@nestjs/common';
import { Frequencies } from '@headwater/matching';
import { Database, type Tx } from '@headwater/platform';
import { MatchRecordsStore } from '../store/match-records.store';
import { MatchingModelsStore } from '../store/matching-models.store';
import { MatchingModels } from './matching-models';

/** So many records show how common values are: one that three of them have is counted. */
const SAMPLE = 5_000;
const PART = 500;
/** Counted again when there are half as many more, or the first few. */
const GROWTH = 0.5;
const FIRST = 20;

/**
 * How common values are among a tenant's leads: counted over some of them, evenly picked, each time that the leads have grown by half.
 * Approximate, and cheap: a lead of a large table costs a few microseconds of it in all.
 */
@Injectable()
export class CountValues {
  /** leads of tenants that came since they were counted */
  private readonly grown = new Map<string, number>();

  constructor(
    private readonly database: Database, private readonly records: MatchRecordsStore, private readonly store: MatchingModelsStore,
    private readonly models: MatchingModels,
  ) {}

  /** Tells of leads that are new. */
  grew(counts: ReadonlyMap<string, number>): void {
    for (const [tenant, count] of counts) this.grown.set(tenant, (this.grown.get(tenant) ?? 0) + count);
  }

  /** Counts again where it is time. */
  async whereDue(): Promise<void> {
    for (const [tenant, count] of this.grown) {
      if (count < Math.max(FIRST, GROWTH * this.models.last(tenant).records)) continue;
      this.grown.delete(tenant);
      await this.database.transaction(async (tx) => {
        if (await this.store.mayCount(tx, tenant)) await this.count(tx, tenant);
      });
    }
  }

  /** Counts again at once, for who depends on it that all leads of now are in. */
  countNow(tenant: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      await this.store.lockCounts(tx, tenant);
      await this.count(tx, tenant);
    });
  }

  private async count(tx: Tx, tenant: string): Promise<void> {
    const records = await this.records.count(tx, tenant);
    const frequencies = new Frequencies();
    const step = Math.max(1, Math.floor(records / SAMPLE));
    for (let after: number | null = 0; after !== null;) {
      const part = await this.records.sample(tx, { tenant, after, step, limit: PART });
      for (const { record } of part) frequencies.add(record);
      after = part.length < PART ? null : part[part.length - 1].lead_id;
    }
    await this.store.keepStatistics(tx, tenant, records, frequencies.toDocument());
  }
}
