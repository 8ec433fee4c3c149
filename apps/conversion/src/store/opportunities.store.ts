import { Injectable } from '@nestjs/common';
import type { Opportunity, OpportunityFilter, OpportunitySort, StageChange } from '@headwater/contracts';
import type { Database, Tx } from '@headwater/platform';
import { conditionsOf, pageOf, type Page } from './page';

type Reader = Pick<Tx | Database, 'query'>;

export const OPPORTUNITY = `id, name, value, currency, stage, probability, expected_close_date, customer_id, account_id, lead_id,
  owner_id, notes, tags, custom_fields, filled_by, created_at, updated_at, closed_at,
  lost_reason`;

export interface NewOpportunity extends Omit<Opportunity, 'id' | 'created_at' | 'updated_at' | 'closed_at'> {
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
  /** The transaction's time, which becomes `created_at`. */
  async now(reader: Pick<Tx | Database, 'query'>): Promise<string> {
    const [row] = await reader.query<{ now: string }>('select now() as now');
    return row.now;
  }

  /** Writes it with the first line of its stage history. */
  async insert(
    tx: Tx, tenant: string, opportunity: NewOpportunity, actor: string,
  ): Promise<Opportunity> {
    const [row] = await tx.query<Opportunity>(`
      with created as (
        insert into opportunity (tenant_id, name, value, currency, stage, probability, expected_close_date, customer_id,
          account_id, lead_id, owner_id, notes, tags, attribution, lost_reason, closed_at, custom_fields)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, case when $5 in ('closed_won', 'closed_lost') then now() end,
          $17)
        returning *
      ), recorded as (
        insert into opportunity_stage_history (tenant_id, opportunity_id, to_stage, probability, value, lost_reason, actor)
        select tenant_id, id, stage, probability, value, lost_reason, $16 from created
      )
      select ${OPPORTUNITY} from created`, [
      tenant, opportunity.name, opportunity.value, opportunity.currency, opportunity.stage, opportunity.probability,
      opportunity.expected_close_date, opportunity.customer_id, opportunity.account_id, opportunity.lead_id,
      opportunity.owner_id, opportunity.notes, opportunity.tags,
      opportunity.attribution && JSON.stringify(opportunity.attribution), opportunity.lost_reason ?? null, actor,
      opportunity.custom_fields && JSON.stringify(opportunity.custom_fields),
    ]);
    return row;
  }

  async get(
    reader: Reader, tenant: string, id: number,
  ): Promise<Opportunity | undefined> {
    const [row] = await reader.query<Opportunity>(
      `select ${OPPORTUNITY} from opportunity where tenant_id = $1 and id = $2`, [tenant, id]);
    return row;
  }

  /** With what says which state of it this is, and what was frozen of its lead. */
  async kept(reader: Reader, tenant: string, id: number, { lock = false } = {}): Promise<KeptOpportunity | null> {
    const [row] = await reader.query<Opportunity & { attribution_of: Record<string, unknown> | null; revision_of: number }>(`
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
  stageChanges(reader: Reader, tenant: string, id: number): Promise<StageChange[]> {
    return reader.query<StageChange>(`
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
