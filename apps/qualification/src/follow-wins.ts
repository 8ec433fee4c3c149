import { Injectable } from '@nestjs/common';
import type { Envelope, OpportunityWonData } from '@headwater/contracts';
import type { Tx } from '@headwater/platform';
import { firstStatus } from './domain/lead-status';
import { win } from './domain/move';
import { StatusesStore } from './store/statuses.store';

/** Leads become customers when a deal that came of them is won. Nobody is told: the deal's own event says so. */
@Injectable()
export class FollowWins {
  constructor(private readonly store: StatusesStore) {}

  /** A win that is heard of before its conversion is kept until then. */
  async fromConversion(events: Envelope<OpportunityWonData>[], tx: Tx): Promise<void> {
    const wins = new Map(events.flatMap(({ tenantid, data: { opportunity, at } }) =>
      (opportunity.lead_id ? [[`${tenantid} ${opportunity.lead_id}`, { tenant: tenantid, lead_id: opportunity.lead_id, created_at: opportunity.created_at, at }] as const] : [])));
    if (wins.size === 0) return;
    const leads = await this.store.hold(tx, [...wins.values()].map(({ tenant, lead_id, created_at }) => firstStatus(tenant, { lead_id, created_at, converted: null })));
    await this.store.save(tx, leads.map((lead) => win(lead, wins.get(`${lead.tenant_id} ${lead.lead_id}`)!.at)));
  }
}
