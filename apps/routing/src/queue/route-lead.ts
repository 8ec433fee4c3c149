import { Injectable } from '@nestjs/common';
import { DomainError, type AnswerOf, type QuestionOf, type RouteLead as RouteLeadRequest } from '@headwater/contracts';
import { attemptOf, causedByRequest, once, Outbox } from '@headwater/messaging';
import { Database, type Tx } from '@headwater/platform';
import { assertWritable } from '../domain/assert-writable';
import { announcement, keyOf, routingState, type Assignment } from '../domain/assignment';
import { knownFacts } from '../domain/settle-lead';
import { MeetLeads } from '../meet-leads';
import { RunRules } from '../run-rules';
import { FollowAssignments } from '../sla/follow-assignments';
import { AssignmentsStore } from '../store/assignments.store';
import { DecisionsStore } from '../store/decisions.store';

type Question = QuestionOf<typeof RouteLeadRequest>;

/** Asks the rules once more, because a person wants it. A lead for which they find nobody keeps the owner that it has. */
@Injectable()
export class RouteLead {
  constructor(
    private readonly database: Database, private readonly meetLeads: MeetLeads, private readonly assignments: AssignmentsStore,
    private readonly decisions: DecisionsStore, private readonly runRules: RunRules, private readonly clocks: FollowAssignments, private readonly outbox: Outbox,
  ) {}

  /** @throws DomainError `not_found`; `lead_merged`; `lead_locked`; `not_scored_yet` */
  async handle(question: Question): Promise<AnswerOf<typeof RouteLeadRequest>> {
    const { context, lead_id } = question;
    const tenant = context.tenant.id;
    await this.meetLeads.one(tenant, lead_id);
    return once(this.database, attemptOf(context), async (tx) => {
      const [present] = await this.assignments.lock(tx, [{ tenant, lead_id }]);
      const next = await this.route(tx, present, question);
      return { assignment: routingState(next), former_owner: present.owner && { id: present.owner.id, name: present.owner.name } };
    });
  }

  private async route(tx: Tx, present: Assignment, { context, command_id }: Question): Promise<Assignment> {
    const key = `on_demand:${command_id}`;
    if (await this.decisions.has(tx, present, key)) return present; // done before
    assertWritable(present);
    const facts = knownFacts(present);
    if (!facts) throw DomainError.conflict('not_scored_yet', 'The lead is routed as soon as it is scored');
    const routed = (await this.runRules.run(tx, [{ assignment: present, cause: 'on_demand', key, facts }])).get(keyOf(present));
    if (!routed) return present;
    const next = { ...routed, revision: present.revision + 1 };
    await this.assignments.write(tx, [{ before: present, after: next }]);
    await this.clocks.follow(tx, [{ before: present, after: next }]);
    await this.outbox.add(tx, [{ event: announcement(next, 'rules'), cause: causedByRequest(context) }]);
    return next;
  }
}
