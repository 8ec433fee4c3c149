import { Injectable } from '@nestjs/common';
import type { AnswerOf, Envelope, IntakeState, LeadMergedData, MergeAssignments, QuestionOf } from '@headwater/contracts';
import { causedByEvent, eventAbout, LeadTies, Outbox, targetsOf, tieOf, type Cause, type Families, type NewTie, type TiedLead } from '@headwater/messaging';
import { Database, type Tx } from '@headwater/platform';
import { announcement, differs, keyOf, routingState, type Assignment, type Change, type LeadKey } from './domain/assignment';
import { followMembers } from './domain/merged-owner';
import { RouteLeads } from './route-leads';
import { FollowFamilies } from './sla/follow-families';
import { AssignmentsStore } from './store/assignments.store';
import { DecisionsStore, type NewDecision } from './store/decisions.store';

type News = QuestionOf<typeof MergeAssignments>;
type Answer = AnswerOf<typeof MergeAssignments>;

interface Why { kind: 'merge' | 'unmerge'; actor: string | null; cause: Cause }

/** Keeps who belongs to whom: one lead, one owner, and one more or less on their list. */
@Injectable()
export class FollowMerges {
  constructor(
    private readonly database: Database,
    private readonly ties: LeadTies,
    private readonly assignments: AssignmentsStore,
    private readonly decisions: DecisionsStore,
    private readonly routeLeads: RouteLeads,
    private readonly clocks: FollowFamilies,
    private readonly outbox: Outbox,
  ) {}

  /** Told by intake, before it answers. */
  told(news: News): Promise<Answer> {
    const work = (tx: Tx) => this.toldWithin(tx, news);
    return news.dry_run ? this.database.tryOut(work) : this.database.transaction(work);
  }

  private async toldWithin(tx: Tx, { tenant, ties, primary, actor, cause, correlation_id }: News): Promise<Answer> {
    const why = { kind: cause, actor, cause: { correlationId: correlation_id } };
    await this.follow(tx, ties.map((tie) => ({ ...tie, tenant_id: tenant })), [], () => why);
    const [assignment] = await this.assignments.find(tx, [{ tenant, lead_id: primary.lead_id }]);
    return { assignment: assignment ? routingState(assignment) : null };
  }

  /** Learnt from the events, whichever come first. What was learnt before is looked at once more, and changes nothing. */
  async fromIntake(kind: Why['kind'], events: Envelope<LeadMergedData>[], tx: Tx): Promise<void> {
    const ties = events.map(({ tenantid, data: { lead } }) => tieOf(tenantid, lead));
    const primaries = events.map(({ tenantid, data }) => ({ tenant_id: tenantid, lead_id: data.primary_id }));
    await this.follow(tx, ties, primaries, ({ tenant, lead_id }) => {
      const event = eventAbout(events, { tenant_id: tenant, lead_id });
      return { kind, actor: event.data.actor ?? null, cause: causedByEvent(event) };
    });
  }

  /** Intake was asked for leads, and some of them turned out to be merged. */
  async fromSnapshots(tx: Tx, tenant: string, leads: IntakeState[]): Promise<void> {
    const ties = leads.filter(({ merged_into }) => merged_into).map((lead) => tieOf(tenant, lead));
    await this.follow(tx, ties, [], ({ lead_id }) => ({ kind: 'merge', actor: null, cause: { correlationId: `lead ${lead_id}` } }));
  }

  private async follow(tx: Tx, ties: NewTie[], others: TiedLead[], why: (lead: LeadKey) => Why): Promise<void> {
    if (ties.length === 0) return;
    const concerned = [...ties, ...others, ...targetsOf(ties)];
    await this.assignments.lock(tx, distinct(concerned.map(keyed)));
    const { all } = await this.ties.families(tx, concerned);
    const before = await this.assignments.lock(tx, all.map(keyed));
    await this.ties.learn(tx, ties);
    const families = await this.ties.families(tx, concerned);
    const followed = followAll(before, families);
    const changed = followed.filter(({ before: was, after }) => differs(was, after));
    const ids = await this.decisions.add(tx, changed.map(({ after }) => decisionOf(after, why(after))));
    const decided = changed.map(({ before: was, after }, i) => ({ before: was, after: { ...after, decision_id: ids[i] } }));
    // Who belongs to whom is kept elsewhere: of a row that is as it was only the list of its owner has to know.
    const quiet = followed.filter((change) => !changed.includes(change) && (change.after.own !== change.before.own || change.before.owner));
    await this.assignments.write(tx, [...quiet, ...decided]);
    await this.clocks.follow(tx, followed.map(({ after }) => after));
    const told = decided.map(({ after }) => after).filter(({ primary_id }) => primary_id === null);
    await this.outbox.add(tx, told.map((after) => ({ event: announcement(after, 'rules'), cause: why(after).cause })));
    const free = followed.filter(({ before: was, after }) => was.primary_id !== null && after.primary_id === null).map(({ after }) => after);
    if (free.length > 0) await this.routeLeads.catchUp(tx, await this.assignments.lock(tx, free), (lead) => why(lead).cause);
  }
}

/** Each lead as it is with those that belong to it now. */
function followAll(before: readonly Assignment[], families: Families): Change[] {
  const known = new Map(before.map((assignment) => [assignment.lead_id, assignment]));
  return before.map((was) => {
    const key = { tenant_id: was.tenant, lead_id: was.lead_id };
    const members = families.membersOf(key);
    const counting = members.filter(({ outranked }) => !outranked).flatMap(({ lead_id }) => known.get(lead_id) ?? []);
    const followed = followMembers(was, { members: counting, isAlone: members.length === 0 });
    const primary_id = families.primaryOf(key);
    if (followed === was && primary_id === was.primary_id) return { before: was, after: was };
    return { before: was, after: { ...followed, primary_id, revision: was.revision + (differs(was, followed) ? 1 : 0) } };
  });
}

const decisionOf = ({ tenant, lead_id, revision, because, owner }: Assignment, { kind, actor }: Why): NewDecision => ({
  tenant, lead_id, key: `${kind}:${revision}`, cause: kind, because: because ?? 'nobody owned the lead before the merge', actor,
  picked: owner && { id: owner.id, name: owner.name },
});

const keyed = ({ tenant_id, lead_id }: TiedLead): LeadKey => ({ tenant: tenant_id, lead_id });
const distinct = (keys: LeadKey[]): LeadKey[] => [...new Map(keys.map((key) => [keyOf(key), key])).values()];
