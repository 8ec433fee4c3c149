import { Injectable } from '@nestjs/common';
import type { LeadFacts, LeadProfile } from '@headwater/contracts';
import type { Database, Tx } from '@headwater/platform';
import { MAY_KEY } from './matching-models.store';

export interface LeadRef { tenant: string; id: number }

/** A lead that is new, or somebody else by now. */
export interface ChangedLead {
  tenant_id: string;
  lead_id: number;
  revision: number;
  profile: LeadProfile;
  facts: LeadFacts;
  former_lead_id: number | null;
  merged: boolean;
}

/** In the bulk lane those that have no keys yet are looked for among so many at the front: behind them are imports, whose leads have theirs from the beginning. */
const FRONT = 2_000;
const IN_FRONT = `and id <= (select max(id) from (select id from match_work where bulk = $1 order by id limit ${FRONT}) as front)`;

/** How many rows of which lane. */
export interface Claim { bulk: boolean; limit: number }

/**
 * Leads whose duplicates are still to be looked for. A row is claimed by its lock, and gone or marked in the transaction of what came of
 * it: whoever dies in between leaves it to the next.
 */
@Injectable()
export class MatchWorkStore {
  /** Within the transaction that changes the leads. */
  async add(tx: Tx, leads: LeadRef[]): Promise<void> {
    if (leads.length === 0) return;
    await tx.query('insert into match_work (bulk, tenant_id, lead_id) select false, * from unnest($1::text[], $2::bigint[])',
      [leads.map(({ tenant }) => tenant), leads.map(({ id }) => id)]);
  }

  /** All leads of a tenant, because they are compared by other fields from now on. */
  async addAll(tx: Tx, tenant: string): Promise<void> {
    await tx.query('insert into match_work (bulk, tenant_id, lead_id) select true, tenant_id, id from lead where tenant_id = $1 and merged_into is null',
      [tenant]);
  }

  /**
   * The leads of some companies, because these are compared by other names from now on; behind what is live. Nobody keys leads meanwhile: see
   * `MatchingModelsStore.stopKeying`. @param names as they are compared so far @param fields that are compared as companies
   */
  async addOfCompanies(tx: Tx, tenant: string, names: string[], fields: string[]): Promise<void> {
    await tx.query(`
      insert into match_work (bulk, tenant_id, lead_id)
      select true, tenant_id, lead_id from match_record where tenant_id = $1
        and exists (select from unnest($3::text[]) as field where record->>field = any($2::text[]))`, [tenant, names, fields]);
  }

  /** Where there is something to do: what is live comes first. */
  async next(database: Database): Promise<{ bulk: boolean } | null> {
    const [lane] = await database.query<{ bulk: boolean }>('select bulk from match_work order by bulk limit 1');
    return lane ?? null;
  }

  /**
   * Marks the next leads as keyed, without those of tenants whose model is being put at this moment; the others' stays until the transaction
   * ends. The server's crash may take this back after the commit, with all that belongs to it: nobody waits for
   * the disk.
   * @returns each lead once, in the order of their ids, and the rows that they stand for
   */
  async claimToKey(tx: Tx, { bulk, limit }: Claim): Promise<{ rows: number[]; leads: ChangedLead[] }> {
    const rows = await this.claim(tx, { bulk, limit }, `not keyed and ${MAY_KEY} ${bulk ? IN_FRONT : ''}`, 'update match_work w set keyed = true from picked p where');
    if (rows.length === 0) return { rows: [], leads: [] };
    const leads = await tx.query<ChangedLead>(`
      select l.tenant_id, l.id as lead_id, l.revision, l.profile, l.facts, (l.reengaged_from->>'lead_id')::bigint as former_lead_id,
             l.merged_into is not null as merged
      from (select distinct unnest($1::bigint[]) as id) as wanted join lead l using (id) order by l.id`, [rows.map(({ lead_id }) => lead_id)]);
    return { rows: rows.map(({ id }) => id), leads };
  }

  /** Takes the next leads that are keyed off the list. */
  async claimToCompare(tx: Tx, { bulk, limit }: Claim): Promise<{ rows: number[]; leads: LeadRef[] }> {
    const rows = await this.claim(tx, { bulk, limit }, 'keyed', 'delete from match_work w using picked p where');
    const leads = new Map(rows.map(({ lead_id, tenant_id }) => [lead_id, { tenant: tenant_id, id: lead_id }]));
    return { rows: rows.map(({ id }) => id), leads: [...leads.values()] };
  }

  private claim(tx: Tx, { bulk, limit }: Claim, which: string, take: string): Promise<{ id: number; tenant_id: string; lead_id: number }[]> {
    return tx.query(`
      with picked as materialized (
        select bulk, id from match_work where bulk = $1 and ${which} order by id limit $2 for update skip locked
      )
      ${take} w.bulk = p.bulk and w.id = p.id
      returning w.id, w.tenant_id, w.lead_id, set_config('synchronous_commit', 'off', true)`, [bulk, limit]);
  }

  /** Gives up on a row. */
  async drop(database: Database, bulk: boolean, row: number): Promise<void> {
    await database.query('delete from match_work where bulk = $1 and id = $2', [bulk, row]);
  }

  async depth(database: Database): Promise<{ pending: number; oldest_seconds: number }> {
    const [depth] = await database.query<{ pending: number; oldest_seconds: number }>(`
      select count(*) as pending, coalesce(extract(epoch from now() - min(at)), 0)::int as oldest_seconds from match_work`);
    return depth;
  }
}
