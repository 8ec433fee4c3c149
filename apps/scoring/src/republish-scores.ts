import { Injectable } from '@nestjs/common';
import { LeadScored, type NewEvent } from '@headwater/contracts';
import { nextAfter, type Part, type Republisher } from '@headwater/messaging';
import type { Tx } from '@headwater/platform';
import { announcedLead } from './domain/announced-lead';
import { ScoresStore } from './store/scores.store';

/** Says again what every score is, as it was written: it is not weighed anew. */
@Injectable()
export class RepublishScores implements Republisher {
  constructor(private readonly scores: ScoresStore) {}

  async republish(tx: Tx, part: Part): Promise<{ events: NewEvent[]; next: number | null }> {
    const scores = await this.scores.walkMade(tx, part);
    const events = scores.flatMap(({ tenant, lead, scored, contributions }) =>
      (lead && scored ? [LeadScored.ofLead(tenant, scored.state, { score: scored.state, contributions, lead: announcedLead(lead, contributions) })] : []));
    return { events, next: nextAfter(scores.map(({ leadId }) => leadId), part.limit) };
  }
}
