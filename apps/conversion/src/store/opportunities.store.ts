import { Injectable } from '@nestjs/common';
import type { Opportunity } from '@headwater/contracts';
import type { Database, Tx } from '@headwater/platform';

export const OPPORTUNITY = `id, name, value, currency, stage, probability, expected_close_date, customer_id, account_id, lead_id,
  owner_id, notes, tags, custom_fields, filled_by, created_at, updated_at, closed_at,
  lost_reason`;

export interface NewOpportunity extends Omit<Opportunity, 'id' | 'created_at' | 'updated_at' | 'closed_at'> {
  /** frozen at the lead's conversion; null without a lead */
  attribution: Record<string, unknown> | null;
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
    reader: Pick<Tx | Database, 'query'>, tenant: string, id: number,
  ): Promise<Opportunity | undefined> {
    const [row] = await reader.query<Opportunity>(
      `select ${OPPORTUNITY} from opportunity where tenant_id = $1 and id = $2`, [tenant, id]);
    return row;
  }
}
