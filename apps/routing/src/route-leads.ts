import { Injectable } from '@nestjs/common';
import type { Envelope, LeadRatedData, LeadScoredData } from '@headwater/contracts';
import { causedByEvent, Outbox, type Cause } from '@headwater/messaging';
import type { Tx } from '@headwater/platform';
import { announcement, differs, keyOf, type Assignment, type Change, type LeadKey } from './domain/assignment';
import { intakeNews, learnAll, type LeadNews } from './domain/learn';
import { scoreFacts } from './domain/rule-fields';
import { afterScore, dueRises, fiveStarMails, routingCause, STARS_WITH_EFFECT } from './domain/settle-lead';
import { AlertManagers } from './queue/alert-managers';
import { RunRules } from './run-rules';
import { FollowAssignments } from './sla/follow-assignments';
import { AssignmentsStore } from './store/assignments.store';
import { RisesStore, type StoredRise } from './store/rises.store';

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
    private readonly clocks: FollowAssignments,
    private readonly managers: AlertManagers,
    private readonly outbox: Outbox,
  ) {}

  /** @param events at most one per lead; those that are republished are learnt, and no lead is routed because of them */
  async fromScores(events: Envelope<LeadScoredData>[], tx: Tx): Promise<void> {
    const news = events.map((event): LeadNews => {
      const { lead } = event.data;
      return {
        ...leadOf(event), intake: intakeNews(lead), score: scoreNews(event), converted: lead.converted,
      };
    });
    const stored = await this.assignments.lock(tx, news);
    // Stars come with a score: a lead that had none has no rises, and most that come here had none.
    const rises = await this.rises.pending(tx, stored.filter(({ score }) => score));
    const live = events.filter(({ republished }) => !republished);
    const captured = new Map(live.map((event) => [keyOf(leadOf(event)), event.data.lead.created_at]));
    await this.settle(tx, learnAll(stored, news), rises, causesByLead(live), { captured });
  }

  /** @param events each once: a rise counts however late it comes */
  async fromRatings(events: Envelope<LeadRatedData>[], tx: Tx): Promise<void> {
    const oldestFirst = [...events].sort((a, b) => a.data.score.revision - b.data.score.revision);
    const newest = new Map(oldestFirst.map((event) => [keyOf(leadOf(event)), event]));
    const news = [...newest.values()].map((event): LeadNews => ({ ...leadOf(event), score: scoreNews(event) }));
    const stored = await this.assignments.lock(tx, news);
    await this.rises.record(tx, events.flatMap((event) => {
      const { score, former_rating } = event.data;
      const rating = score.rating ?? 0;
      const rose = rating >= STARS_WITH_EFFECT && rating > (former_rating ?? 0);
      return rose ? [{ ...leadOf(event), scoring_revision: score.revision, rating }] : [];
    }));
    await this.settle(tx, learnAll(stored, news), await this.rises.pending(tx, stored), causesByLead(events));
  }

  /** Leads that have waited long enough, which are locked; what nothing follows of any more waits no more. */
  async fromWaits(tx: Tx, leads: readonly Assignment[], causeOf: (lead: LeadKey) => Cause): Promise<void> {
    const over = leads.filter((lead) => routingCause(lead, [], { isDue: true }) === null);
    await this.assignments.write(tx, over.map((lead) => ({ before: lead, after: { ...lead, waits: null } })));
    const due = leads.filter((lead) => !over.includes(lead));
    const causes = new Map(due.map((lead) => [keyOf(lead), causeOf(lead)]));
    await this.settle(tx, due.map((lead) => ({ before: lead, after: lead })), await this.rises.pending(tx, due), causes, { isDue: true });
  }

  /** Leads of their own again: what was learnt of them meanwhile has its effects now. @param leads which are locked */
  async catchUp(tx: Tx, leads: readonly Assignment[], causeOf: (lead: LeadKey) => Cause): Promise<void> {
    if (leads.length === 0) return;
    const causes = new Map(leads.map((lead) => [keyOf(lead), causeOf(lead)]));
    await this.settle(tx, leads.map((lead) => ({ before: lead, after: lead })), await this.rises.pending(tx, [...leads]), causes);
  }

  /**
   * Brings leads to where what is known of them leads to.
   * @param causes by the lead's key; of a lead without one nothing follows but that it is kept
   * @param captured when they were, RFC 3339, by the lead's key
   */
  private async settle(
    tx: Tx, heard: Change[], pending: StoredRise[], causes: ReadonlyMap<string, Cause>,
    { isDue = false, captured }: { isDue?: boolean; captured?: ReadonlyMap<string, string> } = {},
  ): Promise<void> {
    const risesOf = byLead(pending);
    const leads = heard.flatMap(({ before, after: lead }) => {
      const cause = causes.get(keyOf(lead));
      return cause ? [{ before, lead, cause, rises: dueRises(lead, risesOf.get(keyOf(lead)) ?? []) }] : [];
    });
    const routed = await this.runRules.run(tx, leads.flatMap(({ before, lead, rises }) => {
      const cause = routingCause(lead, rises, { before, isDue });
      return cause ? [{ assignment: lead, ...cause }] : [];
    }));
    const settled = leads.map(({ lead, ...rest }) => {
      const after = afterScore(routed.get(keyOf(lead)) ?? lead, rest.rises);
      const changed = differs(lead, after);
      const quiet = after.waits === lead.waits ? lead : { ...lead, waits: after.waits };
      return { changed, after: changed ? { ...after, revision: lead.revision + 1 } : quiet, ...rest };
    });
    await this.assignments.write(tx, [...heard.filter(({ after }) => !causes.has(keyOf(after))), ...settled]);
    await this.clocks.follow(tx, settled, captured);
    await this.rises.markApplied(tx, settled.flatMap(({ after: { tenant, lead_id }, rises }) =>
      rises.map(({ scoring_revision }) => ({ tenant, lead_id, scoring_revision }))));
    await this.managers.ofQueued(tx, settled);
    await this.outbox.add(tx, settled.flatMap(({ after, changed, rises, cause }) => {
      return [...(changed && after.primary_id === null ? [announcement(after, 'rules')] : []), ...fiveStarMails(after, rises)].map((told) => ({ event: told, cause }));
    }));
  }
}

type Scored = Envelope<Pick<LeadScoredData, 'score'>>;

const leadOf = ({ tenantid: tenant, data: { score } }: Scored): LeadKey => ({ tenant, lead_id: score.lead_id });

const scoreNews = ({ data: { score } }: Scored): LeadNews['score'] => ({ revision: score.revision, facts: scoreFacts(score) });

const causesByLead = (events: Scored[]): Map<string, Cause> =>
  new Map(events.map((event) => [keyOf(leadOf(event)), causedByEvent(event)]));

function byLead(rises: StoredRise[]): Map<string, StoredRise[]> {
  const found = new Map<string, StoredRise[]>();
  for (const rise of rises) found.set(keyOf(rise), [...(found.get(keyOf(rise)) ?? []), rise]);
  return found;
}
