import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '@headwater/platform';
import type { LeadStatus } from '../domain/lead-status';

export interface LeadKey {
  tenant_id: string;
  lead_id: number;
}

/** A row under this transaction's lock, with PostgreSQL's time. */
export type Locked = LeadStatus & { now: string };

const STATE = `status, in_status_since, lifecycle_stage, cycle, cycle_since,
  first_contacted_at, qualified_at, disqualification_reason, notes, scoring_revision, score,
  reservation_token, reservation_holder, lease_until, converted`;
const COLUMNS = `tenant_id, lead_id, revision, ${STATE}`;

/** The row as `jsonb_to_recordset` reads it: one parameter for a whole set. */
const RECORD = `tenant_id text, lead_id bigint, revision bigint, status text, in_status_since timestamptz,
  lifecycle_stage text, cycle integer, cycle_since timestamptz, first_contacted_at timestamptz, qualified_at timestamptz,
  disqualification_reason text, notes text, scoring_revision bigint, score jsonb, reservation_token text,
  reservation_holder text, lease_until timestamptz, converted jsonb`;

/** The row of each lead. */
@Injectable()
export class StatusesStore {
  constructor(private readonly database: Database) {}

  /** Reads without a lock. @returns those that are known here */
  find(tenant: string, ids: number[], tx: Pick<Tx, 'query'> = this.database): Promise<Locked[]> {
    return tx.query<Locked>(
      `select ${COLUMNS}, now() as now from lead_status where tenant_id = $1 and lead_id = any($2::bigint[])`, [tenant, ids]);
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
  lockAll(tx: Tx, keys: LeadKey[]): Promise<Locked[]> {
    return tx.query<Locked>(`
      select ${COLUMNS}, now() as now
      from unnest($1::text[], $2::bigint[]) as asked(tenant_id, lead_id) join lead_status using (tenant_id, lead_id)
      order by lead_id for update of lead_status`, columnsOf(keys));
  }

  /** The rows of the leads under lock, in order of their ids; a lead that is not known here yet begins as it is given. */
  async hold(tx: Tx, firsts: LeadStatus[]): Promise<Locked[]> {
    const known = await this.lockAll(tx, firsts);
    if (known.length === firsts.length) return known;
    await this.insertMissing(tx, firsts);
    return this.lockAll(tx, firsts);
  }

  /** Writes leads that are not known here yet, with revisions of the present epoch; those that are stay as they are. */
  async insertMissing(tx: Pick<Tx, 'query'>, leads: LeadStatus[]): Promise<void> {
    if (leads.length === 0) return;
    await tx.query(`
      insert into lead_status (${COLUMNS})
      select tenant_id, lead_id, base + revision, ${STATE} from epoch, jsonb_to_recordset($1::jsonb) as lead(${RECORD}) order by lead_id
      on conflict do nothing`, [JSON.stringify(leads)]);
  }

  /** Writes what a score changes of rows that this transaction holds the lock of. */
  async saveScores(tx: Tx, leads: LeadStatus[]): Promise<void> {
    if (leads.length === 0) return;
    await tx.query(`
      update lead_status as present
      set revision = lead.revision, lifecycle_stage = lead.lifecycle_stage, scoring_revision = lead.scoring_revision, score = lead.score
      from unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::bigint[], $6::jsonb[])
        as lead(tenant_id, lead_id, revision, lifecycle_stage, scoring_revision, score)
      where present.tenant_id = lead.tenant_id and present.lead_id = lead.lead_id`, [
      ...columnsOf(leads), leads.map(({ revision }) => revision), leads.map(({ lifecycle_stage }) => lifecycle_stage),
      leads.map(({ scoring_revision }) => scoring_revision), leads.map(({ score }) => JSON.stringify(score)),
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
        lead.scoring_revision, lead.score, lead.reservation_token, lead.reservation_holder, lead.lease_until, lead.converted)
      from (select * from jsonb_to_recordset($1::jsonb) as lead(${RECORD}) limit $2) as lead
      where present.tenant_id = lead.tenant_id and present.lead_id = lead.lead_id`, [JSON.stringify(leads), leads.length]);
  }

  /** Reserves a locked lead, or renews its own reservation. */
  async reserve(tx: Tx, { tenant_id, lead_id }: LeadKey, token: string, holder: string, seconds: number): Promise<void> {
    await tx.query(`
      update lead_status
      set reservation_token = $3, reservation_holder = $4, lease_until = now() + make_interval(secs => $5)
      where tenant_id = $1 and lead_id = $2`, [tenant_id, lead_id, token, holder, seconds]);
  }

  async release(tx: Tx, { tenant_id, lead_id }: LeadKey): Promise<void> {
    await tx.query(`
      update lead_status set reservation_token = null, reservation_holder = null, lease_until = null
      where tenant_id = $1 and lead_id = $2`, [tenant_id, lead_id]);
  }
}

const columnsOf = (keys: LeadKey[]): [string[], number[]] =>
  [keys.map(({ tenant_id }) => tenant_id), keys.map(({ lead_id }) => lead_id)];
