import { Injectable } from '@nestjs/common';
import type { Envelope, LeadRatedData, LeadScoredData } from '@headwater/contracts';
import { causedByEvent, Outbox } from '@headwater/messaging';
import type { Tx } from '@headwater/platform';
import { announcement, differs, keyOf, type LeadKey } from './domain/assignment';
import { leadFacts, scoreFacts } from './domain/rule-fields';
import { afterScore, dueRises, fiveStarMails, routingCause, STARS_WITH_EFFECT } from './domain/settle-lead';
import { RunRules } from './run-rules';
import { AssignmentsStore, type LeadNews } from './store/assignments.store';
import { RisesStore } from './store/rises.store';

/**
 * Gives leads to reps when they are scored, and has the effects of their stars. What happens follows from what is stored
 * of a lead, not from which event came first; a batch takes the same number of statements whatever its size.
 */
@Injectable()
export class RouteLeads {
  constructor(
    private readonly assignments: AssignmentsStore,
    private readonly rises: RisesStore,
    private readonly runRules: RunRules,
    private readonly outbox: Outbox,
  ) {}

  /** @param events at most one per lead; those that are republished are learnt, and no lead is routed because of them */
  async fromScores(events: Envelope<LeadScoredData>[], tx: Tx): Promise<void> {
    await this.assignments.learn(tx, events.map(({ tenantid, data: { lead, score } }): LeadNews => ({
      tenant: tenantid,
      lead_id: score.lead_id,
      intake: { revision: lead.revision, facts: leadFacts(lead), converted: lead.converted ?? null },
      score: { revision: score.revision, facts: scoreFacts(score) },
    })));
    const news = events.filter(({ republished }) => !republished);
    if (news.length > 0) await this.settle(tx, causesByLead(news));
  }

  /** @param events each once: a rise counts however late it comes */
  async fromRatings(events: Envelope<LeadRatedData>[], tx: Tx): Promise<void> {
    const newest = [...events].sort((a, b) => a.data.score.revision - b.data.score.revision);
    const scores = new Map(newest.map(({ tenantid: tenant, data: { score } }) =>
      [keyOf({ tenant, lead_id: score.lead_id }), { tenant, lead_id: score.lead_id, score: { revision: score.revision, facts: scoreFacts(score) } }]));
    await this.assignments.learn(tx, [...scores.values()]);
    await this.rises.record(tx, events.flatMap(({ tenantid: tenant, data: { score, former_rating } }) => {
      const rating = score.rating ?? 0;
      const rose = rating >= STARS_WITH_EFFECT && rating > (former_rating ?? 0);
      return rose ? [{ tenant, lead_id: score.lead_id, scoring_revision: score.revision, rating }] : [];
    }));
    await this.settle(tx, causesByLead(events));
  }

  /** Brings leads to where what is stored of them leads to. @param causes an event per lead, by the lead's key */
  private async settle(tx: Tx, causes: ReadonlyMap<string, { key: LeadKey; event: Envelope }>): Promise<void> {
    const present = await this.assignments.lock(tx, [...causes.values()].map(({ key }) => key));
    const pending = await this.rises.pending(tx, present);
    const leads = present.map((before) =>
      ({ before, rises: dueRises(before, pending.filter((rise) => keyOf(rise) === keyOf(before))) }));
    const routed = await this.runRules.run(tx, leads.flatMap(({ before, rises }) => {
      const cause = routingCause(before, rises);
      return cause ? [{ assignment: before, ...cause }] : [];
    }));
    const now = await this.assignments.now(tx);
    const settled = leads.map(({ before, rises }) => {
      const after = afterScore(routed.get(keyOf(before)) ?? before, rises, now);
      const changed = differs(before, after);
      return { before, rises, changed, after: changed ? { ...after, revision: before.revision + 1 } : before };
    });
    await this.assignments.write(tx, settled.filter(({ changed }) => changed).map(({ after }) => after));
    await this.rises.markApplied(tx, settled.flatMap(({ before: { tenant, lead_id }, rises }) =>
      rises.map(({ scoring_revision }) => ({ tenant, lead_id, scoring_revision }))));
    await this.outbox.add(tx, settled.flatMap(({ after, changed, rises }) => {
      const cause = causedByEvent(causes.get(keyOf(after))!.event);
      return [...(changed ? [announcement(after, 'rules')] : []), ...fiveStarMails(after, rises)].map((event) => ({ event, cause }));
    }));
  }
}

const causesByLead = (events: Envelope<LeadRatedData>[]): Map<string, { key: LeadKey; event: Envelope }> =>
  new Map(events.map((event) => {
    const key = { tenant: event.tenantid, lead_id: event.data.score.lead_id };
    return [keyOf(key), { key, event }];
  }));
