import { Controller } from '@nestjs/common';
import {
  AssignLead as AssignLeadRequest, DomainError, FindRep, GetAssignments, GetDecisions, GetPackedSetup, GetSetup,
  LockAssignment as LockAssignmentRequest, MergeAssignments, PutPackedSetup, PutSetup as PutSetupRequest, type AnswerOf, type QuestionOf,
} from '@headwater/contracts';
import { Answers, pack, unpack } from '@headwater/messaging';
import { Database } from '@headwater/platform';
import { AssignLead } from './assign-lead';
import { ImportHours } from './calendars/import-hours';
import { routingState } from './domain/assignment';
import { FollowMerges } from './follow-merges';
import { LockAssignment } from './lock-assignment';
import { MeetLeads } from './meet-leads';
import { PutSetup } from './put-setup';
import { ReadDecisions } from './read-decisions';
import { RuleSetsStore } from './store/rule-sets.store';
import { SetupStore } from './store/setup.store';

@Controller()
export class RoutingController {
  constructor(
    private readonly assignLead: AssignLead,
    private readonly lockAssignment: LockAssignment,
    private readonly meetLeads: MeetLeads,
    private readonly merges: FollowMerges,
    private readonly putSetups: PutSetup,
    private readonly setups: SetupStore,
    private readonly hours: ImportHours,
    private readonly ruleSets: RuleSetsStore,
    private readonly decisions: ReadDecisions,
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
  getDecisions(question: QuestionOf<typeof GetDecisions>): Promise<AnswerOf<typeof GetDecisions>> {
    return this.decisions.handle(question);
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
    const tenant = context.tenant.id;
    const active = await this.ruleSets.active(this.database, tenant);
    if (!active) throw DomainError.notFound('Routing setup');
    const people = { ...await this.setups.people(this.database, tenant), ...await this.hours.exported(this.database, tenant) };
    return { setup: { ...active.document, ...people }, version: active.version, reps: await this.setups.reps(this.database, tenant) };
  }

  @Answers(GetPackedSetup)
  async getPackedSetup(question: QuestionOf<typeof GetPackedSetup>): Promise<AnswerOf<typeof GetPackedSetup>> {
    return { packed: pack(await this.getSetup(question)) };
  }

  @Answers(PutPackedSetup)
  async putPackedSetup({ context, packed }: QuestionOf<typeof PutPackedSetup>): Promise<AnswerOf<typeof PutPackedSetup>> {
    return { packed: pack(await this.putSetups.handle({ context, setup: unpack(packed) })) };
  }
}
