import { Injectable } from '@nestjs/common';
import { LeadMerged, type NewEvent } from '@headwater/contracts';
import { nextAfter, type Part, type Republisher } from '@headwater/messaging';
import type { Tx } from '@headwater/platform';
import { stateOf } from './domain/lead';
import { leadUpdated } from './domain/lead-events';
import { LeadsStore } from './store/leads.store';

/** Says again what every lead is: an update that changed nothing. */
@Injectable()
export class RepublishLeads implements Republisher {
  constructor(private readonly leads: LeadsStore) {}

  async republish(tx: Tx, part: Part): Promise<{ events: NewEvent[]; next: number | null }> {
    const leads = await this.leads.walk(tx, part);
    const events = leads.map((lead) => (lead.merged_into === null ? leadUpdated(lead, [])
      : LeadMerged.ofLead(lead.tenant_id, { lead_id: lead.id, revision: lead.revision }, { lead: stateOf(lead), primary_id: lead.merged_into })));
    return { events, next: nextAfter(leads.map(({ id }) => id), part.limit) };
  }
}
