import { Injectable, Logger } from '@nestjs/common';
import type { Tx } from '@headwater/platform';
import type { Lead } from '../domain/lead';
import { comparableOfLead, identityOf, keysOfComparable } from '../domain/matching/comparable-of-lead';
import { MatchRecordsStore, type KeyedRecord, type KeyRow } from '../store/match-records.store';
import type { ChangedLead, LeadRef } from '../store/match-work.store';
import { CrowdedKeys } from './crowded-keys';
import { KeyedRecords } from './keyed-records';
import { MatchingModels, type TenantMatching } from './matching-models';

type Models = ReadonlyMap<string, TenantMatching>;

/** What there was of leads, by their ids; `fresh`: see `KeyLeads.key`. */
interface Before { known: ReadonlyMap<number, { keys: number[] }>; fresh: boolean }

/** Another replica was quicker: what it did is seen at the next look. */
export class LostRace extends Error {}

/** First of the two steps: stores what is compared of leads, and the keys by which others find them. */
@Injectable()
export class KeyLeads {
  private readonly logger = new Logger(KeyLeads.name);

  constructor(private readonly records: MatchRecordsStore, private readonly models: MatchingModels, private readonly crowded: CrowdedKeys, private readonly keyed: KeyedRecords) {}

  /**
   * Within the transaction that claims them. @param leads in the order of their ids @param fresh where none of them is there yet, they may be written
   * in the way that costs less, and fails with 23505 where one is @returns how many were new, by tenant
   * @throws LostRace
   */
  async key(tx: Tx, leads: ChangedLead[], { fresh = true } = {}): Promise<Map<string, number>> {
    await this.records.forget(tx, leads.filter(({ merged }) => merged).map(refOf));
    const present = leads.filter(({ merged }) => !merged);
    if (present.length === 0) return new Map();
    const known = await this.records.lock(tx, present.map(refOf));
    const due = present.filter(({ lead_id, revision }) => (known.get(lead_id)?.revision ?? 0) <= revision);
    const models = await this.models.of(tx, tenantsOf(due));
    return this.write(tx, recordsOf(due, models), models, { known, fresh });
  }

  /**
   * Leads that the caller's transaction makes. @returns as `key` does; null where their model is being put at this moment, or one of them can't be keyed,
   * which is no reason not to have it: they are keyed later
   */
  async keyNew(tx: Tx, leads: Lead[]): Promise<Map<string, number> | null> {
    if (leads.length === 0) return new Map();
    const made = leads.map(changedLead);
    if (!await this.models.mayKey(tx, tenantsOf(made))) return null;
    const models = await this.models.of(tx, tenantsOf(made));
    let records: KeyedRecord[];
    try {
      records = recordsOf(made, models);
    } catch (error) {
      this.logger.warn({ err: error }, 'New leads can not be keyed at once');
      return null;
    }
    return this.write(tx, records, models, { known: new Map(), fresh: true });
  }

  private async write(tx: Tx, records: KeyedRecord[], models: Models, { known, fresh }: Before): Promise<Map<string, number>> {
    if (fresh && known.size === 0) await this.records.add(tx, records, this.worthWriting(records.flatMap((record) => keyRows(record))));
    else await this.rewrite(tx, records, known);
    tx.afterCommit(() => this.keyed.keep(records, models));
    const counts = new Map<string, number>();
    for (const { tenant_id, lead_id } of records) if (!known.has(lead_id)) counts.set(tenant_id, (counts.get(tenant_id) ?? 0) + 1);
    return counts;
  }

  private async rewrite(tx: Tx, records: KeyedRecord[], known: Before['known']): Promise<void> {
    const before = ({ lead_id }: KeyedRecord): readonly number[] => known.get(lead_id)?.keys ?? [];
    const added = records.flatMap((record) => keyRows(record, before(record)));
    const removed = records.flatMap((record) => keyRows({ ...record, keys: before(record) }, record.keys));
    const isNew = new Set(await this.records.write(tx, records, this.worthWriting(added), removed));
    if (records.some(({ lead_id }) => !known.has(lead_id) && !isNew.has(lead_id))) throw new LostRace('Another replica has keyed the lead');
  }

  private worthWriting(rows: KeyRow[]): KeyRow[] {
    return rows.filter(({ key }) => this.crowded.isWorth(key));
  }
}

const tenantsOf = (leads: ChangedLead[]): string[] => leads.map(({ tenant_id }) => tenant_id);

const recordsOf = (leads: ChangedLead[], models: Models): KeyedRecord[] => leads.map((lead) => recordOf(lead, models.get(lead.tenant_id)!));

const refOf = ({ tenant_id, lead_id }: ChangedLead): LeadRef => ({ tenant: tenant_id, id: lead_id });

const changedLead = ({ id, tenant_id, revision, profile, facts, reengaged_from }: Lead): ChangedLead =>
  ({ tenant_id, lead_id: id, revision, profile, facts, former_lead_id: reengaged_from?.lead_id ?? null, merged: false });

function recordOf({ tenant_id, lead_id, revision, former_lead_id, profile, facts }: ChangedLead, { model }: TenantMatching): KeyedRecord {
  const record = comparableOfLead({ profile, facts }, model);
  return {
    tenant_id, lead_id, revision, former_lead_id, record, identity: identityOf(record, model), keys: keysOfComparable(tenant_id, record, model),
  };
}

/** @param without keys that there are rows of already */
const keyRows = ({ lead_id, keys }: { lead_id: number; keys: readonly number[] }, without: readonly number[] = []): KeyRow[] =>
  (without.length === 0 ? keys : keys.filter((key) => !without.includes(key))).map((key) => ({ key, lead_id }));
