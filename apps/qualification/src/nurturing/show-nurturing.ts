import { Injectable } from '@nestjs/common';
import type { AnswerOf, GetNurturing, QuestionOf } from '@headwater/contracts';
import { Database } from '@headwater/platform';
import { enrolmentView } from '../domain/nurturing/enrolment';
import { KnowLeads } from '../know-leads';
import { EnrolmentsStore } from '../store/enrolments.store';

@Injectable()
export class ShowNurturing {
  constructor(private readonly database: Database, private readonly know: KnowLeads, private readonly enrolments: EnrolmentsStore) {}

  /** @throws DomainError `not_found` */
  async show({ context, lead_id }: QuestionOf<typeof GetNurturing>): Promise<AnswerOf<typeof GetNurturing>> {
    await this.know.require(context.tenant.id, lead_id);
    return { enrolments: (await this.enrolments.of(this.database, context.tenant.id, lead_id)).map(enrolmentView) };
  }
}
