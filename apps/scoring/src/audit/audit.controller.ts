import { Controller } from '@nestjs/common';
import { GetScoringAudit, type AnswerOf, type QuestionOf } from '@headwater/contracts';
import { Answers } from '@headwater/messaging';
import { AuditScores } from './audit-scores';

@Controller()
export class AuditController {
  constructor(private readonly auditing: AuditScores) {}

  @Answers(GetScoringAudit)
  getScoringAudit(question: QuestionOf<typeof GetScoringAudit>): Promise<AnswerOf<typeof GetScoringAudit>> {
    return this.auditing.get(question);
  }
}
