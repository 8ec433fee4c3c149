import { Controller } from '@nestjs/common';
import {
  AssignLead as AssignLeadRequest, DomainError, FindRep, GetAssignments, GetDecisions, GetSetup,
  LockAssignment as LockAssignmentRequest, MergeAssignments, PutSetup as PutSetupRequest, type AnswerOf, type QuestionOf,
} from '@headwater/contracts';
import { Answers } from '@headwater/messaging';
import { Database } from '@headwater/platform';
import { AssignLead } from './assign-lead';
import { routingState } from './domain/assignment';
import { FollowMerges } from './follow-merges';
import { LockAssignment } from './lock-assignment';
import { MeetLeads } from './meet-leads';
import { PutSetup } from './put-setup';
import { DecisionsStore } from './store/decisions.store';
import { SetupStore } from './store/setup.store';

const MOST_DECISIONS = 100;

@Controller()
export class RoutingController {
  constructor(
    private readonly assignLead: AssignLead,
    private readonly lockAssignment: LockAssignment,
    private readonly meetLeads: MeetLeads,
    private readonly merges: FollowMerges,
    private readonly putSetups: PutSetup,
    private readonly setups: SetupStore,
    private readonly decisions: DecisionsStore,
    private readonly database: Database,
  ) {}

  @Answers(GetAssignments)
  async getAssignments({ tenant, ids }: QuestionOf<typeof GetAssignments>): Promise<AnswerOf<typeof GetAssignments>> {
    return { assignments: (await this.meetLeads.all(tenant, ids)).map(routingState) };
  }

  @Answers(AssignLeadRequest)
  assign(question: QuestionOf<typeof AssignLeadRequest>): Promise<AnswerOf<typeof AssignLeadRequest>> {
    return this.assignLead.handle(question);
  }

  @Answers(LockAssignmentRequest)
  lock(question: QuestionOf<typeof LockAssignmentRequest>): Promise<AnswerOf<typeof LockAssignmentRequest>> {
    return this.lockAssignment.handle(question);
  }

  @Answers(MergeAssignments)
  merge(question: QuestionOf<typeof MergeAssignments>): Promise<AnswerOf<typeof MergeAssignments>> {
    return this.merges.told(question);
  }

  @Answers(GetDecisions)
  async getDecisions({ context, lead_id }: QuestionOf<typeof GetDecisions>): Promise<AnswerOf<typeof GetDecisions>> {
    const assignment = await this.meetLeads.one(context.tenant.id, lead_id);
    return { assignment: routingState(assignment), decisions: await this.decisions.latest(this.database, assignment, MOST_DECISIONS) };
  }

  @Answers(FindRep)
  async findRep({ tenant, user_id, rep_id }: QuestionOf<typeof FindRep>): Promise<AnswerOf<typeof FindRep>> {
    return { rep: await this.setups.findRep(this.database, tenant, { id: rep_id, userId: user_id }) };
  }

  @Answers(PutSetupRequest)
  putSetup(question: QuestionOf<typeof PutSetupRequest>): Promise<AnswerOf<typeof PutSetupRequest>> {
    return this.putSetups.handle(question);
  }

  @Answers(GetSetup)
  async getSetup({ context }: QuestionOf<typeof GetSetup>): Promise<AnswerOf<typeof GetSetup>> {
    const active = await this.setups.active(this.database, context.tenant.id);
    if (!active) throw DomainError.notFound('Routing setup');
    return { ...active, reps: await this.setups.reps(this.database, context.tenant.id) };
  }
}
