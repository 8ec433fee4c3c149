import { Injectable } from '@nestjs/common';
import type { AnswerOf, ClaimLead as ClaimLeadRequest, QuestionOf } from '@headwater/contracts';
import { attemptOf, causedByRequest, LeadTies, once, Outbox } from '@headwater/messaging';
import { Database, type Tx } from '@headwater/platform';
import { announcement, routingState, type Assignment } from '../domain/assignment';
import { checkClaimable, checkClaimer, type Claimer } from '../domain/check-claim';
import { ownOf } from '../domain/merged-owner';
import { MeetLeads } from '../meet-leads';
import { RulesInForce } from '../rules-in-force';
import { FollowAssignments } from '../sla/follow-assignments';
import { AssignmentsStore } from '../store/assignments.store';
import { DecisionsStore } from '../store/decisions.store';
import { DirectoriesStore } from '../store/directories.store';
import { QueueStore } from '../store/queue.store';
import { RotationStore } from '../store/rotation.store';

type Question = QuestionOf<typeof ClaimLeadRequest>;

/** A rep takes a lead that nobody has. Of two at once, one gets it, and the other hears who. */
@Injectable()
export class ClaimLead {
  constructor(
    private readonly database: Database, private readonly meetLeads: MeetLeads, private readonly assignments: AssignmentsStore,
    private readonly decisions: DecisionsStore, private readonly rotation: RotationStore, private readonly queue: QueueStore,
    private readonly rules: RulesInForce, private readonly ties: LeadTies, private readonly directories: DirectoriesStore,
    private readonly clocks: FollowAssignments, private readonly outbox: Outbox,
  ) {}

  /** @throws DomainError `not_found`; what `checkClaimable` and `checkClaimer` say */
  async handle(question: Question): Promise<AnswerOf<typeof ClaimLeadRequest>> {
    const { context, lead_id } = question;
    const tenant = context.tenant.id;
    await this.meetLeads.one(tenant, lead_id);
    return once(this.database, attemptOf(context), async (tx) => {
      const [present] = await this.assignments.lock(tx, [{ tenant, lead_id }]);
      return { assignment: routingState(await this.claim(tx, present, question)) };
    });
  }

  private async claim(tx: Tx, present: Assignment, { context, command_id, rep_id }: Question): Promise<Assignment> {
    const key = `claim:${command_id}`;
    if (await this.decisions.has(tx, present, key)) return present; // done before
    checkClaimable(present);
    // Under the rotation's lock nobody's open leads change by routing: a cap holds for claims and turns together.
    const now = await this.rotation.lock(tx, [present.tenant]);
    const found = await this.queue.claimer(tx, present.tenant, { repId: rep_id, userId: context.actor.id });
    const claimer = found && await this.directories.arrived(tx, present.tenant, found, now);
    const by = { userId: context.actor.id, mayForOthers: context.scopes.includes('routing:admin') };
    checkClaimer(claimer, present, await this.rules.probably(tx, present.tenant), by);
    const next = await this.give(tx, present, { claimer, key, actor: context.actor.id });
    await this.directories.count(tx, [{ tenant: present.tenant, rep_id: claimer.id }], now);
    await this.outbox.add(tx, [{ event: announcement(next, 'manual'), cause: causedByRequest(context) }]);
    return next;
  }

  private async give(tx: Tx, present: Assignment, { claimer, key, actor }: { claimer: Claimer; key: string; actor: string }): Promise<Assignment> {
    const { id, name, email, time_zone, team } = claimer;
    const because = `claimed by ${name} from ${present.waits?.queue === undefined ? 'the queue of the unassigned' : `the queue ${present.waits.queue}`}`;
    const [decision_id] = await this.decisions.add(tx, [{
      tenant: present.tenant, lead_id: present.lead_id, key, cause: 'claim', because, actor, picked: { id, name }, kind: 'claimed',
    }]);
    const claimed = {
      ...present, owner: { id, name, email, time_zone }, team, because, decision_id, awaits_routing: false, waits: null, revision: present.revision + 1,
    };
    if (present.own) await this.ties.outrank(tx, [{ tenant_id: present.tenant, lead_id: present.lead_id }]);
    const next = present.own ? { ...claimed, own: ownOf(claimed) } : claimed;
    await this.assignments.write(tx, [{ before: present, after: next }]);
    await this.clocks.follow(tx, [{ before: present, after: next }]);
    return next;
  }
}
