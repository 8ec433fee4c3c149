import { Injectable } from '@nestjs/common';
import { AssignLead as AssignLeadRequest, DomainError, type AnswerOf, type QuestionOf, type RoutingPatch } from '@headwater/contracts';
import { attemptOf, causedByRequest, LeadTies, once, Outbox } from '@headwater/messaging';
import { Database, type Tx } from '@headwater/platform';
import { byWhom } from './by-whom';
import { applyPatch, checkPatch, type Meant, type PatchEffect } from './domain/apply-patch';
import { assertWritable } from './domain/assert-writable';
import { announcement, routingState, shortReason, type Assignment } from './domain/assignment';
import { ownOf } from './domain/merged-owner';
import { MeetLeads } from './meet-leads';
import { FollowAssignments } from './sla/follow-assignments';
import { AssignmentsStore } from './store/assignments.store';
import { DecisionsStore } from './store/decisions.store';
import { SetupStore } from './store/setup.store';

type Question = QuestionOf<typeof AssignLeadRequest>;
type Answer = AnswerOf<typeof AssignLeadRequest>;

/** A person decides: owner, team, priority, next follow-up. What they decide goes before rules and temperature. */
@Injectable()
export class AssignLead {
  constructor(
    private readonly database: Database,
    private readonly meetLeads: MeetLeads,
    private readonly assignments: AssignmentsStore,
    private readonly decisions: DecisionsStore,
    private readonly setup: SetupStore,
    private readonly outbox: Outbox,
    private readonly ties: LeadTies,
    private readonly clocks: FollowAssignments,
  ) {}

  /**
   * @throws DomainError `not_found`; `lead_locked`; `lead_merged`; `precondition_failed`; `unknown_rep`, `inactive_rep`, `unknown_team`,
   * `wrong_format` … of a field
   */
  async handle(question: Question): Promise<Answer> {
    const { context, lead_id } = question;
    const tenant = context.tenant.id;
    await this.meetLeads.one(tenant, lead_id);
    return once(this.database, attemptOf(context), async (tx) => {
      const [present] = await this.assignments.lock(tx, [{ tenant, lead_id }]);
      return { assignment: routingState(await this.assign(tx, present, question)) };
    });
  }

  private async assign(tx: Tx, present: Assignment, { context, command_id, patch, ...options }: Question): Promise<Assignment> {
    const key = `manual:${command_id}`;
    if (await this.decisions.has(tx, present, key)) return present; // done before
    assertWritable(present);
    if (options.expected_revision !== undefined && options.expected_revision !== present.revision) {
      throw DomainError.changedMeanwhile('lead', { revision: present.revision });
    }
    const meant = await this.meant(tx, present.tenant, patch);
    const errors = checkPatch(patch, meant);
    if (errors.length > 0) throw DomainError.invalid(errors);
    const effect = applyPatch(present, patch, meant, byWhom(context));
    if (!effect || options.validate_only) return present;
    const next = await this.store(tx, present, effect, { key, actor: context.actor.id });
    await this.outbox.add(tx, [{ event: announcement(next, 'manual'), cause: causedByRequest(context) }]);
    return next;
  }

  private async meant(tx: Tx, tenant: string, { owner_id, team_id }: RoutingPatch): Promise<Meant> {
    return {
      rep: owner_id == null ? null : await this.setup.rep(tx, tenant, owner_id),
      team: team_id == null ? null : await this.setup.team(tx, tenant, team_id),
    };
  }

  private async store(
    tx: Tx, present: Assignment, { next, because }: PatchEffect, { key, actor }: { key: string; actor: string },
  ): Promise<Assignment> {
    const [decision_id] = await this.decisions.add(tx, [{
      tenant: next.tenant, lead_id: next.lead_id, key, cause: 'manual', because, actor, picked: next.owner && { id: next.owner.id, name: next.owner.name },
    }]);
    const aboutOwner = next.because !== present.because;
    const stored = {
      ...next,
      revision: present.revision + 1,
      because: next.because && shortReason(next.because),
      decision_id: aboutOwner ? decision_id : present.decision_id,
    };
    return this.write(tx, present, present.own && aboutOwner ? { ...stored, own: ownOf(stored) } : stored);
  }

  /** What a person has decided about the owner counts for more than what leads brought along that were merged into this one. */
  private async write(tx: Tx, present: Assignment, stored: Assignment): Promise<Assignment> {
    if (stored.own !== present.own) await this.ties.outrank(tx, [{ tenant_id: stored.tenant, lead_id: stored.lead_id }]);
    await this.assignments.write(tx, [{ before: present, after: stored }]);
    await this.clocks.follow(tx, [{ before: present, after: stored }]);
    return stored;
  }
}
