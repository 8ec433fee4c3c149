import { Injectable } from '@nestjs/common';
import { Frequencies } from '@headwater/matching';
import { Database, type Tx } from '@headwater/platform';
import { MatchRecordsStore } from '../store/match-records.store';
import { MatchingModelsStore } from '../store/matching-models.store';

/** So many records show how common values are: one that three of them have is counted. */
const SAMPLE = 5_000;
const PART = 500;
/** Counted again when there are half as many more, or the first few. */
const GROWTH = 0.5;
const FIRST = 50;
/** Whether there are is looked at when so many of them have come to this replica: others have their own, and nobody knows how many. */
const LOOK = 0.1;
const FEWEST_TO_LOOK = 10;

/**
 * How common values are among a tenant's leads: counted over some of them, evenly picked, each time that the leads have grown by half.
 * Approximate, and cheap: a lead of a large table costs a few microseconds of it in all.
 */
@Injectable()
export class CountValues {
  /** leads of tenants that came since it was looked at them, and how many are enough to look again */
  private readonly grown = new Map<string, { leads: number; enough: number }>();

  constructor(private readonly database: Database, private readonly records: MatchRecordsStore, private readonly store: MatchingModelsStore) {}

  /** Tells of leads that are new. */
  grew(counts: ReadonlyMap<string, number>): void {
    for (const [tenant, count] of counts) {
      const { leads, enough } = this.grown.get(tenant) ?? { leads: 0, enough: FEWEST_TO_LOOK };
      this.grown.set(tenant, { leads: leads + count, enough });
    }
  }

  /** Counts again where it is time. What fails, or is somebody else's at the moment, is looked at again. */
  async whereDue(): Promise<void> {
    for (const [tenant, { leads, enough }] of this.grown) {
      if (leads < enough) continue;
      const records = await this.database.transaction((tx) => this.countIfDue(tx, tenant));
      if (records === null) continue;
      const since = this.grown.get(tenant)!.leads - leads;
      this.grown.set(tenant, { leads: since, enough: Math.max(FEWEST_TO_LOOK, LOOK * records) });
    }
  }

  /** Counts again at once, for who depends on it that all leads of now are in. */
  countNow(tenant: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      await this.store.lockCounts(tx, tenant);
      await this.sample(tx, tenant, await this.records.count(tx, tenant));
    });
  }

  /** @returns how many leads there are; null while somebody else counts them */
  private async countIfDue(tx: Tx, tenant: string): Promise<number | null> {
    if (!await this.store.mayCount(tx, tenant)) return null;
    const counted = await this.store.counted(tx, tenant);
    const records = await this.records.count(tx, tenant);
    if (records - counted >= Math.max(FIRST, GROWTH * counted)) await this.sample(tx, tenant, records);
    return records;
  }

  private async sample(tx: Tx, tenant: string, records: number): Promise<void> {
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
