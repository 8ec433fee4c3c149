import { Injectable } from '@nestjs/common';
import { FAMILY, LeadTies, Families } from '@headwater/messaging';
import { Database, type Queries, type Tx } from '@headwater/platform';
import type { LeadStatus } from '../domain/lead-status';

export interface LeadKey {
  tenant_id: string;
  lead_id: number;
}

/** A row under this transaction's lock, with PostgreSQL's time. */
export type Locked = LeadStatus & { now: string };

const STATE = `status, in_status_since, lifecycle_stage, cycle, cycle_since,
  first_contacted_at, qualified_at, disqualification_reason, notes, scoring_revision, score,
  reservation_token, reservation_holder, lease_until, converted, own, attempts, won_at`;
const COLUMNS = `tenant_id, lead_id, revision, ${STATE}`;

/** The row as `jsonb_to_recordset` reads it: one parameter for a whole set. */
const RECORD = `tenant_id text, lead_id bigint, revision bigint, status text, in_status_since timestamptz,
  lifecycle_stage text, cycle integer, cycle_since timestamptz, first_contacted_at timestamptz, qualified_at timestamptz,
  disqualification_reason text, notes text, scoring_revision bigint, score jsonb, reservation_token text,
  reservation_holder text, lease_until timestamptz, converted jsonb, own jsonb, attempts jsonb, won_at timestamptz`;

/** Rows under lock, those of all leads that are merged with one another among them. */
export interface Held {
  rows: Locked[];
  families: Families;
}

/** The row of each lead. */
@Injectable()
export class StatusesStore {
  constructor(private readonly database: Database, private readonly ties: LeadTies) {}

  /** Reads without a lock. @returns those that are known here */
  async find(tenant: string, ids: number[], tx: Queries = this.database): Promise<Locked[]> {
    const rows = await tx.query<Locked & { is_merged: boolean }>(`
      select ${COLUMNS}, now() as now, exists (
        select from lead_tie where tenant_id = $1 and lead_id = present.lead_id and merged_into is not null) as is_merged
      from lead_status as present where tenant_id = $1 and lead_id = any($2::bigint[])`, [tenant, ids]);
    const merged = rows.filter(({ is_merged }) => is_merged);
    const families = merged.length > 0 ? await this.ties.families(tx, merged) : new Families([]);
    return rows.map(({ is_merged, ...row }) => ({ ...row, primary_id: is_merged ? families.primaryOf(row) : null }));
  }

  /** The next leads in the order of their ids; the keys are found in the index alone. @param tenant null for those of all tenants */
  walk(tx: Tx, { tenant, after, limit }: { tenant: string | null; after: number; limit: number }): Promise<LeadStatus[]> {
    return tx.query<LeadStatus>(`
      select ${COLUMNS} from lead_status where (tenant_id, lead_id) in (
        select tenant_id, lead_id from lead_status
        where lead_id > $2 and ($1::text is null or tenant_id = $1) order by lead_id limit $3)
      order by lead_id`, [tenant, after, limit]);
  }

  /** @returns the row under lock, undefined when the lead isn't known here */
  async lock(tx: Tx, tenant: string, leadId: number): Promise<Locked | undefined> {
    const [row] = await this.lockAll(tx, [{ tenant_id: tenant, lead_id: leadId }]);
    return row;
  }

  /** Locks the rows of the leads that are known here, in order of their ids. @param keys each lead once, here and below */
  async lockAll(tx: Tx, keys: LeadKey[]): Promise<Locked[]> {
    const asked = new Set(keys.map(nameOf));
    return (await this.lockFamilies(tx, keys)).rows.filter((row) => asked.has(nameOf(row)));
  }

  /**
   * The same, with all leads that they are merged with: what happens to one of them may be the others' as well. Who belongs
   * together is read again under the lock, for a merge may have been waited for.
   */
  async lockFamilies(tx: Tx, keys: LeadKey[]): Promise<Held> {
    if (keys.length === 0) return { rows: [], families: await new Families([]) };
    const rows = await tx.query<Locked>(`${FAMILY}
      select ${COLUMNS}, now() as now from family join lead_status using (tenant_id, lead_id)
      order by lead_id for update of lead_status`, columnsOf(keys));
    const families = await this.ties.families(tx, keys);
    const held = new Set(rows.map(nameOf));
    const joined = await this.known(tx, families.all.filter((tie) => !held.has(nameOf(tie))), keys);
    if (joined.length > 0) return this.lockFamilies(tx, [...keys, ...joined]);
    // Assigned to the row that was read: to add it to a copy takes V8 longer than all else that is done with the row here.
    return { rows: rows.map((row) => Object.assign(row, { primary_id: families.primaryOf(row) })), families };
  }

  /** The same as `lockAll`, of those leads alone that nobody else is at, nor at any that they are merged with: waits for nobody. */
  async tryLockAll(tx: Tx, keys: LeadKey[]): Promise<Locked[]> {
    const rows = await tx.query<Locked>(`${FAMILY}
      select ${COLUMNS}, now() as now from family join lead_status using (tenant_id, lead_id)
      order by lead_id for update of lead_status skip locked`, columnsOf(keys));
    const families = await this.ties.families(tx, keys);
    const held = new Map(rows.map((row) => [nameOf(row), row]));
    const busy = new Set((await this.known(tx, families.all.filter((tie) => !held.has(nameOf(tie))), [])).map(nameOf));
    return keys.flatMap((key) => {
      const row = held.get(nameOf(key));
      const isFree = [...families.membersOf(key), ...families.aboveOf(key).map((lead_id) => ({ tenant_id: key.tenant_id, lead_id }))].every((other) => !busy.has(nameOf(other)));
      return row && isFree ? [{ ...row, primary_id: families.primaryOf(row) }] : [];
    });
  }

  /** Those of the leads that have a row here, besides the ones that were asked for. */
  private async known(tx: Tx, leads: LeadKey[], asked: LeadKey[]): Promise<LeadKey[]> {
    const names = new Set(asked.map(nameOf));
    const others = leads.filter((lead) => !names.has(nameOf(lead)));
    if (others.length === 0) return [];
    return tx.query<LeadKey>(`
      select tenant_id, lead_id from unnest($1::text[], $2::bigint[]) as asked(tenant_id, lead_id) join lead_status using (tenant_id, lead_id)`,
    columnsOf(others));
  }

  /** The rows of the leads under lock, in order of their ids; a lead that is not known here yet begins as it is given. */
  async hold(tx: Tx, firsts: LeadStatus[]): Promise<(Locked & { isLatePrimary?: boolean })[]> {
    const known = await this.lockAll(tx, firsts);
    if (known.length === firsts.length) return known;
    const late = new Set((await this.insertMissing(tx, firsts)).map(nameOf));
    return (await this.lockAll(tx, firsts)).map((row) => (late.has(nameOf(row)) ? { ...row, isLatePrimary: true } : row));
  }

  /**
   * Writes leads that are not known here yet, with revisions of the present epoch; those that are stay as they are.
   * @returns those of the new ones that others had been merged into before they were heard of
   */
  async insertMissing(tx: Queries, leads: LeadStatus[]): Promise<LeadKey[]> {
    if (leads.length === 0) return [];
    return tx.query<LeadKey>(`
      with inserted as (
        insert into lead_status (${COLUMNS})
        select tenant_id, lead_id, base + revision, ${STATE} from epoch, jsonb_to_recordset($1::jsonb) as lead(${RECORD}) order by lead_id
        on conflict do nothing returning tenant_id, lead_id
      )
      select tenant_id, lead_id from inserted where exists (
        select from lead_tie tie where tie.tenant_id = inserted.tenant_id and tie.merged_into = inserted.lead_id)`, [JSON.stringify(leads)]);
  }

  /** Writes what a score changes of rows that this transaction holds the lock of. */
  async saveScores(tx: Tx, leads: LeadStatus[]): Promise<void> {
    if (leads.length === 0) return;
    await tx.query(`
      update lead_status as present
      set revision = lead.revision, lifecycle_stage = lead.lifecycle_stage, scoring_revision = lead.scoring_revision, score = lead.score,
        own = lead.own
      from unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::bigint[], $6::jsonb[], $7::jsonb[])
        as lead(tenant_id, lead_id, revision, lifecycle_stage, scoring_revision, score, own)
      where present.tenant_id = lead.tenant_id and present.lead_id = lead.lead_id`, [
      ...columnsOf(leads), leads.map(({ revision }) => revision), leads.map(({ lifecycle_stage }) => lifecycle_stage),
      leads.map(({ scoring_revision }) => scoring_revision), leads.map(({ score }) => JSON.stringify(score)),
      leads.map(({ own }) => own && JSON.stringify(own)),
    ]);
  }

  /** Writes rows that this transaction holds the lock of. */
  async save(tx: Tx, leads: LeadStatus[]): Promise<void> {
    if (leads.length === 0) return;
    // With a limit the planner knows how many rows they are; without, it takes them for 100, and reads all of a small table.
    await tx.query(`
      update lead_status as present set (${COLUMNS}) = (
        lead.tenant_id, lead.lead_id, lead.revision, lead.status, lead.in_status_since, lead.lifecycle_stage, lead.cycle,
        lead.cycle_since, lead.first_contacted_at, lead.qualified_at, lead.disqualification_reason, lead.notes,
        lead.scoring_revision, lead.score, lead.reservation_token, lead.reservation_holder, lead.lease_until, lead.converted, lead.own,
        lead.attempts, lead.won_at)
      from (select * from jsonb_to_recordset($1::jsonb) as lead(${RECORD}) limit $2) as lead
      where present.tenant_id = lead.tenant_id and present.lead_id = lead.lead_id`, [JSON.stringify(leads), leads.length]);
  }

  /** Reserves locked leads, or renews their own reservation. */
  async reserve(tx: Tx, leads: LeadKey[], token: string, holder: string, seconds: number): Promise<void> {
    await tx.query(`
      update lead_status as present
      set reservation_token = $3, reservation_holder = $4, lease_until = now() + make_interval(secs => $5)
      from unnest($1::text[], $2::bigint[]) as lead(tenant_id, lead_id)
      where present.tenant_id = lead.tenant_id and present.lead_id = lead.lead_id`, [...columnsOf(leads), token, holder, seconds]);
  }

  async release(tx: Tx, leads: LeadKey[]): Promise<void> {
    if (leads.length === 0) return;
    await tx.query(`
      update lead_status as present set reservation_token = null, reservation_holder = null, lease_until = null
      from unnest($1::text[], $2::bigint[]) as lead(tenant_id, lead_id)
      where present.tenant_id = lead.tenant_id and present.lead_id = lead.lead_id`, columnsOf(leads));
  }
}

const nameOf = ({ tenant_id, lead_id }: LeadKey): string => `${tenant_id} ${lead_id}`;

const columnsOf = (keys: LeadKey[]): [string[], number[]] =>
  [keys.map(({ tenant_id }) => tenant_id), keys.map(({ lead_id }) => lead_id)];
