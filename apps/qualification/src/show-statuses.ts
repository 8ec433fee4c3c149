import { Injectable } from '@nestjs/common';
import type { AnswerOf, GetStatuses, ListTransitions, QuestionOf } from '@headwater/contracts';
import { qualificationState } from './domain/lead-status';
import { KnowLeads } from './know-leads';
import { HistoriesStore } from './store/histories.store';

@Injectable()
export class ShowStatuses {
  constructor(private readonly know: KnowLeads, private readonly histories: HistoriesStore) {}

  async statuses({ tenant, ids }: QuestionOf<typeof GetStatuses>): Promise<AnswerOf<typeof GetStatuses>> {
    return { statuses: (await this.know.present(tenant, ids)).map(qualificationState) };
  }

  /** @throws DomainError `not_found` */
  async transitions({ context, lead_id }: QuestionOf<typeof ListTransitions>): Promise<AnswerOf<typeof ListTransitions>> {
    const tenant = context.tenant.id;
    await this.know.require(tenant, lead_id);
    const [transitions, notes] = await Promise.all([
      this.histories.transitions(tenant, lead_id), this.histories.notes(tenant, lead_id),
    ]);
    return { transitions, notes };
  }
}
