import { Controller } from '@nestjs/common';
import {
  CaptureLeads as CaptureLeadsRequest, FindLeads as FindLeadsRequest, GetIdentities, GetLeads, GetSubmission, ListLeads, ListNotes, ListTouches, LockLead, UpdateLead as UpdateLeadRequest,
  type AnswerOf, type QuestionOf,
} from '@headwater/contracts';
import { Answers } from '@headwater/messaging';
import { CaptureLeads } from './capture-leads';
import { FindLeads } from './find-leads';
import { LockLeads } from './lock-leads';
import { ReadLeads } from './read-leads';
import { ListSubmissions } from './submissions/list-submissions';
import { TakeInSpooled } from './take-in-spooled';
import { UpdateLead } from './update-lead';

@Controller()
export class IntakeController {
  constructor(
    private readonly captureLeads: CaptureLeads, private readonly updateLead: UpdateLead,
    private readonly lockLeads: LockLeads, private readonly readLeads: ReadLeads, private readonly takeInSpooled: TakeInSpooled,
    private readonly findLeads: FindLeads, private readonly listSubmissions: ListSubmissions,
  ) {}

  @Answers(CaptureLeadsRequest)
  async capture({ items, tenants }: QuestionOf<typeof CaptureLeadsRequest>): Promise<AnswerOf<typeof CaptureLeadsRequest>> {
    return { results: await this.captureLeads.capture(items, tenants) };
  }

  @Answers(UpdateLeadRequest)
  update(question: QuestionOf<typeof UpdateLeadRequest>): Promise<AnswerOf<typeof UpdateLeadRequest>> {
    return this.updateLead.update(question);
  }

  @Answers(LockLead)
  async lock({ tenant, lead_id, converted }: QuestionOf<typeof LockLead>): Promise<AnswerOf<typeof LockLead>> {
    await this.lockLeads.told(tenant, lead_id, converted);
    return {};
  }

  @Answers(GetLeads)
  get(question: QuestionOf<typeof GetLeads>): Promise<AnswerOf<typeof GetLeads>> {
    return this.readLeads.get(question);
  }

  @Answers(FindLeadsRequest)
  find(question: QuestionOf<typeof FindLeadsRequest>): Promise<AnswerOf<typeof FindLeadsRequest>> {
    return this.findLeads.find(question);
  }

  @Answers(GetIdentities)
  identities(question: QuestionOf<typeof GetIdentities>): Promise<AnswerOf<typeof GetIdentities>> {
    return this.findLeads.identities(question);
  }

  @Answers(GetSubmission)
  async submission(question: QuestionOf<typeof GetSubmission>): Promise<AnswerOf<typeof GetSubmission>> {
    const submission = await this.readLeads.submission(question);
    if (!submission) return { submission: await this.takeInSpooled.stateOf(question) };
    const record = question.with_record ? await this.listSubmissions.one(question) : undefined;
    return { submission, ...(record ? { record } : {}) };
  }

  @Answers(ListLeads)
  list(question: QuestionOf<typeof ListLeads>): Promise<AnswerOf<typeof ListLeads>> {
    return this.readLeads.list(question);
  }

  @Answers(ListNotes)
  notes(question: QuestionOf<typeof ListNotes>): Promise<AnswerOf<typeof ListNotes>> {
    return this.readLeads.notes(question);
  }

  @Answers(ListTouches)
  touches(question: QuestionOf<typeof ListTouches>): Promise<AnswerOf<typeof ListTouches>> {
    return this.readLeads.touches(question);
  }
}
