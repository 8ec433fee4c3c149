import { Injectable } from '@nestjs/common';
import type { NewEvent } from '@headwater/contracts';
import { nextAfter, type Part, type Republisher } from '@headwater/messaging';
import type { Tx } from '@headwater/platform';
import { stateEvent } from './state-event';
import { StatusesStore } from './store/statuses.store';

/** Says again where every open lead stands, by the event of its status; the end of a lead is conversion's and intake's to tell. */
@Injectable()
export class RepublishStatuses implements Republisher {
  constructor(private readonly statuses: StatusesStore) {}

  async republish(tx: Tx, part: Part): Promise<{ events: NewEvent[]; next: number | null }> {
    const leads = await this.statuses.walk(tx, part);
    const events = leads.flatMap((lead) => (lead.status === 'converted' ? [] : [stateEvent(lead, { transitions: [] })]));
    return { events, next: nextAfter(leads.map(({ lead_id }) => lead_id), part.limit) };
  }
}
