import { Injectable } from '@nestjs/common';
import type { Opportunity, OpportunityFilter, OpportunitySort, StageChange } from '@headwater/contracts';
import type { Database, Queries, Tx } from '@headwater/platform';
import { conditionsOf, pageOf, type Page } from './page';
import { inOrder, type InTenant } from './records.store';

export const OPPORTUNITY = `id, name, value, currency, stage, probability, expected_close_date, customer_id, account_id, lead_id,
  owner_id, notes, tags, custom_fields, filled_by, created_at, updated_at, closed_at,
  lost_reason`;

export interface NewOpportunity extends Omit<Opportunity, 'id' | 'created_at' | 'updated_at' | 'closed_at'> {
  /** who made it, for the history of its stages */
  actor: string;
  /** frozen at the lead's conversion; null without a lead */
  attribution: Record<string, unknown> | null;
}

/** A deal, what was frozen of its lead, and its revision: 1 when it was made, raised by every change. */
export interface KeptOpportunity {
  opportunity: Opportunity;
  attribution: Record<string, unknown> | null;
  revision: number;
}

/** Every query over opportunities and the history of their stages. */
@Injectable()
export class OpportunitiesStore {
  /** New deals, each with the first line of its stage history; in the order given. */
  insert(tx: Tx, opportunities: (NewOpportunity & InTenant)[]): Promise<Opportunity[]> {
    return inOrder(opportunities, (given) => tx.query<Opportunity>(`
      with given as (
        select * from jsonb_to_recordset($1::jsonb) as given(tenant_id text, name text, value numeric, currency text, stage text, probability numeric,
          expected_close_date date, customer_id bigint, account_id bigint, lead_id bigint, owner_id bigint, notes text, tags text[], attribution jsonb,
          lost_reason text, custom_fields jsonb, actor text)
      ), created as (
        insert into opportunity (tenant_id, name, value, currency, stage, probability, expected_close_date, customer_id,
          account_id, lead_id, owner_id, notes, tags, attribution, lost_reason, closed_at, custom_fields)
        select tenant_id, name, value, currency, stage, probability, expected_close_date, customer_id, account_id, lead_id, owner_id, notes, tags,
          attribution, lost_reason, case when stage in ('closed_won', 'closed_lost') then now() end, custom_fields
        from given
        returning *
      ), recorded as (
        insert into opportunity_stage_history (tenant_id, opportunity_id, to_stage, probability, value, lost_reason, actor)
        select created.tenant_id, created.id, created.stage, created.probability, created.value, created.lost_reason, actor
        from created join given on given.tenant_id = created.tenant_id and given.lead_id is not distinct from created.lead_id
      )
      select ${OPPORTUNITY} from created`, [given]));
  }

  async get(
    queries: Queries, tenant: string, id: number,
  ): Promise<Opportunity | undefined> {
    const [row] = await queries.query<Opportunity>(
      `select ${OPPORTUNITY} from opportunity where tenant_id = $1 and id = $2`, [tenant, id]);
    return row;
  }

  /** With what says which state of it this is, and what was frozen of its lead. */
  async kept(queries: Queries, tenant: string, id: number, { lock = false } = {}): Promise<KeptOpportunity | null> {
    const [row] = await queries.query<Opportunity & { attribution_of: Record<string, unknown> | null; revision_of: number }>(`
      select ${OPPORTUNITY}, attribution as attribution_of, revision as revision_of
      from opportunity where tenant_id = $1 and id = $2 ${lock ? 'for no key update' : ''}`, [tenant, id]);
    if (!row) return null;
    const { attribution_of, revision_of, ...opportunity } = row;
    return { opportunity, attribution: attribution_of, revision: revision_of };
  }

  /**
   * Writes the columns that are given and raises the revision; a new stage with its line in the history.
   * @param closed whether it is won or lost by that; null where that stays as it is
   */
  async update(tx: Tx, tenant: string, id: number, columns: Record<string, unknown>, closed: boolean | null, actor: string): Promise<KeptOpportunity> {
    const names = Object.keys(columns);
    const sets = [
      ...names.map((name, i) => `${name} = $${i + 3}`), 'revision = revision + 1', 'updated_at = now()',
      ...(closed === null ? [] : [`closed_at = ${closed ? 'now()' : 'null'}`]),
    ];
    const values = names.map((name) => (name === 'custom_fields' && columns[name] !== null ? JSON.stringify(columns[name]) : columns[name]));
    if ('stage' in columns) {
      await tx.query(`
        insert into opportunity_stage_history (tenant_id, opportunity_id, from_stage, to_stage, probability, value, lost_reason, actor)
        select tenant_id, id, stage, $3, $4, coalesce($5, value), $6, $7 from opportunity where tenant_id = $1 and id = $2`,
        [tenant, id, columns.stage, columns.probability, columns.value ?? null, columns.lost_reason ?? null, actor]);
    }
    await tx.query(`update opportunity set ${sets.join(', ')} where tenant_id = $1 and id = $2`, [tenant, id, ...values]);
    return (await this.kept(tx, tenant, id))!;
  }

  /** From its making on. */
  stageChanges(queries: Queries, tenant: string, id: number): Promise<StageChange[]> {
    return queries.query<StageChange>(`
      select from_stage as "from", to_stage as "to", probability, value, lost_reason, actor, at,
        (extract(epoch from at - lag(at) over (order by id)) * 1000)::bigint as ms_in_previous
      from opportunity_stage_history where tenant_id = $1 and opportunity_id = $2 order by id limit 1000`, [tenant, id]);
  }

  list(
    database: Database, tenant: string,
    { filter, sort, cursor, limit }: { filter: OpportunityFilter; sort: OpportunitySort; cursor?: string; limit: number },
  ): Promise<Page<Opportunity>> {
    const { conditions, parameters, where } = conditionsOf('opportunity', tenant);
    for (const name of ['customer_id', 'account_id', 'owner_id', 'lead_id', 'stage'] as const) where((p) => `${name} = ${p}`, filter[name]);
    where((p) => `(stage not in ('closed_won', 'closed_lost')) = ${p}`, filter.open);
    where((p) => `expected_close_date >= ${p}`, filter.closes_from);
    where((p) => `expected_close_date <= ${p}`, filter.closes_to);
    where((p) => `tags @> array[${p}]::text[]`, filter.tag);
    where((p) => `exists (select from opportunity_contact_role r where r.opportunity_id = opportunity.id and r.contact_id = ${p})`, filter.contact_id);
    return pageOf<Opportunity>(database, { select: OPPORTUNITY, from: 'opportunity', table: 'opportunity', conditions, parameters, sort, type: SORT_TYPES[sort], cursor, limit });
  }
}

const SORT_TYPES = { '-id': 'bigint', expected_close_date: 'date', '-value': 'numeric' } as const;
