import { Injectable } from '@nestjs/common';
import type { Envelope, LeadScoredData, ScoringState } from '@headwater/contracts';
import { causedByEvent } from '@headwater/messaging';
import type { Tx } from '@headwater/platform';
import { followScores } from './domain/follow-scores';
import { firstStatus, type LeadStatus } from './domain/lead-status';
import { FollowMerges } from './follow-merges';
import { EnrolOpenLeads } from './nurturing/enrol-open';
import { ExitLeads } from './nurturing/exit-leads';
import { StatusesStore } from './store/statuses.store';

/** Keeps the newest score of each lead, and its lifecycle stage in step with it. */
@Injectable()
export class FollowLeadScores {
  constructor(
    private readonly store: StatusesStore, private readonly merges: FollowMerges, private readonly exits: ExitLeads,
    private readonly enrolling: EnrolOpenLeads,
  ) {}

  /** A lead that was scored before its capture was heard of gets its first state from the facts in the event. */
  async fromScoring(events: Envelope<LeadScoredData>[], tx: Tx): Promise<void> {
    const heard = new Map<string, { first: LeadStatus; scores: ScoringState[] }>();
    for (const { tenantid, data } of events) {
      const key = `${tenantid} ${data.score.lead_id}`;
      const entry = heard.get(key) ?? { first: firstStatus(tenantid, data.lead), scores: [] };
      entry.scores.push(data.score);
      heard.set(key, entry);
    }
    const present = await this.store.hold(tx, [...heard.values()].map(({ first }) => first));
    const changes = present.flatMap((before) => {
      const followed = followScores(before, heard.get(`${before.tenant_id} ${before.lead_id}`)?.scores ?? []);
      return followed === before ? [] : [{ before, lead: { ...followed, now: before.now } }];
    });
    const changed = changes.map(({ lead }) => lead);
    await this.store.saveScores(tx, changed);
    await this.exits.fromScores(tx, changed, events);
    const cause = causedByEvent(events[0]);
    const asItStands = await this.merges.followLate(tx, present, cause);
    await this.enrolling.fromScores(tx, changes.map(({ before, lead }) => ({ before, lead: asItStands(lead) })), events);
    await this.merges.followChanged(tx, changed, cause);
  }
}
