import { Controller } from '@nestjs/common';
import {
  ChangeStatus, GetStatuses, ListTransitions, MergeStatuses, MoveLead, QualifyLead, ReleaseLeads, ReserveLead, ReserveLeads as ReserveLeadsRequest, SettleLead, type AnswerOf, type QuestionOf,
} from '@headwater/contracts';
import { Answers } from '@headwater/messaging';
import { ChangeStatuses } from './change-status';
import { FollowMerges } from './follow-merges';
import { MoveLeads } from './move-leads';
import { QualifyLeads } from './qualify-lead';
import { ReserveLeads } from './reserve-lead';
import { SettleLeads } from './settle-lead';
import { ShowStatuses } from './show-statuses';

@Controller()
export class QualificationController {
  constructor(
    private readonly show: ShowStatuses,
    private readonly changes: ChangeStatuses,
    private readonly moves: MoveLeads,
    private readonly qualifications: QualifyLeads,
    private readonly reservations: ReserveLeads,
    private readonly settlements: SettleLeads,
    private readonly merges: FollowMerges,
  ) {}

  @Answers(GetStatuses)
  getStatuses(question: QuestionOf<typeof GetStatuses>): Promise<AnswerOf<typeof GetStatuses>> {
    return this.show.statuses(question);
  }

  @Answers(ListTransitions)
  listTransitions(question: QuestionOf<typeof ListTransitions>): Promise<AnswerOf<typeof ListTransitions>> {
    return this.show.transitions(question);
  }

  @Answers(ChangeStatus)
  changeStatus(question: QuestionOf<typeof ChangeStatus>): Promise<AnswerOf<typeof ChangeStatus>> {
    return this.changes.change(question);
  }

  @Answers(MoveLead)
  moveLead(question: QuestionOf<typeof MoveLead>): Promise<AnswerOf<typeof MoveLead>> {
    return this.moves.told(question);
  }

  @Answers(QualifyLead)
  qualifyLead(question: QuestionOf<typeof QualifyLead>): Promise<AnswerOf<typeof QualifyLead>> {
    return this.qualifications.qualify(question);
  }

  @Answers(ReserveLead)
  reserveLead(question: QuestionOf<typeof ReserveLead>): Promise<AnswerOf<typeof ReserveLead>> {
    return this.reservations.reserve(question);
  }

  @Answers(SettleLead)
  settleLead(question: QuestionOf<typeof SettleLead>): Promise<AnswerOf<typeof SettleLead>> {
    return this.settlements.settle(question);
  }

  @Answers(ReserveLeadsRequest)
  reserveLeads(question: QuestionOf<typeof ReserveLeadsRequest>): Promise<AnswerOf<typeof ReserveLeadsRequest>> {
    return this.reservations.reserveAll(question);
  }

  @Answers(ReleaseLeads)
  async releaseLeads({ lead_ids, ...reserved }: QuestionOf<typeof ReleaseLeads>): Promise<AnswerOf<typeof ReleaseLeads>> {
    await this.settlements.release(lead_ids.map((lead_id) => ({ ...reserved, lead_id })));
    return {};
  }

  @Answers(MergeStatuses)
  mergeStatuses(question: QuestionOf<typeof MergeStatuses>): Promise<AnswerOf<typeof MergeStatuses>> {
    return this.merges.told(question);
  }
}
