import { Injectable } from '@nestjs/common';
import type { Envelope, LeadTouchedData } from '@headwater/contracts';
import { causedByEvent } from '@headwater/messaging';
import type { Tx } from '@headwater/platform';
import { exitByRaisedHand, leaveNurturing } from './domain/nurturing/leave-nurturing';
import { reopenByRaisedHand } from './domain/reopen';
import { FollowMerges } from './follow-merges';
import { RecordDecisions } from './record-decisions';
import { PoliciesStore } from './store/policies.store';
import { StatusesStore } from './store/statuses.store';

const ACTOR = 'system';

/** A person who asks for contact again takes the lead out of the disqualified or the nurtured, unless the tenant wants to decide that itself. */
@Injectable()
export class ReopenLeads {
  constructor(
    private readonly store: StatusesStore, private readonly decisions: RecordDecisions, private readonly merges: FollowMerges,
    private readonly policies: PoliciesStore,
  ) {}

  /** A lead that isn't known here yet was never disqualified: nothing follows from a touch of it. */
  async fromIntake(events: Envelope<LeadTouchedData>[], tx: Tx): Promise<void> {
    const latest = new Map<string, Envelope<LeadTouchedData>>();
    for (const event of events) {
      if (!event.data.raised_hand) continue;
      const key = `${event.tenantid} ${event.data.lead_id}`;
      const known = latest.get(key);
      if (!known || Date.parse(known.data.at) < Date.parse(event.data.at)) latest.set(key, event);
    }
    if (latest.size === 0) return;
    const leads = await this.store.lockAll(tx, [...latest.values()].map(({ tenantid, data }) =>
      ({ tenant_id: tenantid, lead_id: data.lead_id })));
    const reopened = leads.flatMap(({ now, ...lead }) => {
      const event = latest.get(`${lead.tenant_id} ${lead.lead_id}`) as Envelope<LeadTouchedData>;
      const exit = exitByRaisedHand(lead, event.data.at);
      const by = { actor: ACTOR, at: now };
      const decision = exit ? leaveNurturing(lead, exit, by) : reopenByRaisedHand(lead, event.data.at, by);
      return decision ? [{ decision: { ...decision, announce: lead.primary_id === null }, cause: causedByEvent(event), ...(exit ? { exit } : {}) }] : [];
    });
    // Most touches reopen nothing: only where one would, the tenant is asked for.
    const policies = await this.policies.of(tx, reopened.map(({ decision }) => decision.lead.tenant_id));
    await this.decisions.record(tx, reopened.filter(({ decision: { lead } }) => policies.get(lead.tenant_id)?.raised_hands !== 'touch_only'));
    await this.merges.followChanged(tx, leads, causedByEvent(events[0]));
  }
}
