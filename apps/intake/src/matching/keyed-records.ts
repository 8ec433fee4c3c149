import { Injectable } from '@nestjs/common';
import type { Tx } from '@headwater/platform';
import { MatchRecordsStore, type KeyedRecord } from '../store/match-records.store';
import type { LeadRef } from '../store/match-work.store';
import type { TenantMatching } from './matching-models';

type Models = ReadonlyMap<string, Pick<TenantMatching, 'version'>>;

/** Those of a few batches: what is kept for longer was compared by another replica. */
const MOST_KEPT = 4_000;

/** What leads are compared by: what this process has keyed a moment ago is at hand, and need not be read again. */
@Injectable()
export class KeyedRecords {
  private readonly kept = new Map<number, { record: KeyedRecord; version: number }>();

  constructor(private readonly records: MatchRecordsStore) {}

  /** Once they are committed. @param models that they were made by */
  keep(records: KeyedRecord[], models: Models): void {
    for (const record of records) {
      this.kept.delete(record.lead_id);
      this.kept.set(record.lead_id, { record, version: models.get(record.tenant_id)!.version });
    }
    for (const id of this.kept.keys()) {
      if (this.kept.size <= MOST_KEPT) break;
      this.kept.delete(id);
    }
  }

  /** Of leads that are to be compared, those that have a record. The same revision by the same model is the same record. @param models in force */
  async of(tx: Tx, leads: LeadRef[], models: Models): Promise<KeyedRecord[]> {
    const atHand = leads.flatMap(({ id }) => this.kept.get(id) ?? []).filter(({ record, version }) => models.get(record.tenant_id)?.version === version)
      .map(({ record }) => record);
    for (const { id } of leads) this.kept.delete(id);
    const revisions = await this.records.revisions(tx, atHand.map(({ tenant_id: tenant, lead_id: id }) => ({ tenant, id })));
    const same = new Map(atHand.filter(({ lead_id, revision }) => revisions.get(lead_id) === revision).map((record) => [record.lead_id, record]));
    return [...same.values(), ...await this.records.withKeys(tx, leads.filter(({ id }) => !same.has(id)))];
  }
}
