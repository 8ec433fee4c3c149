import { Injectable } from '@nestjs/common';
import type { AnswerOf, GetStatuses, ListTransitions, QuestionOf } from '@headwater/contracts';
import { LeadTies } from '@headwater/messaging';
import { Database } from '@headwater/platform';
import { qualificationState } from './domain/lead-status';
import { KnowLeads } from './know-leads';
import { HistoriesStore } from './store/histories.store';

@Injectable()
export class ShowStatuses {
  constructor(
    private readonly database: Database, private readonly know: KnowLeads, private readonly histories: HistoriesStore, private readonly ties: LeadTies,
  ) {}

  async statuses({ tenant, ids }: QuestionOf<typeof GetStatuses>): Promise<AnswerOf<typeof GetStatuses>> {
    return { statuses: (await this.know.present(tenant, ids)).map(qualificationState) };
  }

  /** Its transitions, and the notes on it and on those that were merged into it. @throws DomainError `not_found` */
  async transitions({ context, lead_id }: QuestionOf<typeof ListTransitions>): Promise<AnswerOf<typeof ListTransitions>> {
    const tenant = context.tenant.id;
    await this.know.require(tenant, lead_id);
    const lead = { tenant_id: tenant, lead_id };
    const members = (await this.ties.families(this.database, [lead])).membersOf(lead).map((member) => member.lead_id);
    const [transitions, notes] = await Promise.all([
      this.histories.transitions(tenant, lead_id), this.histories.notes(tenant, [lead_id, ...members]),
    ]);
    return { transitions, notes };
  }
}
