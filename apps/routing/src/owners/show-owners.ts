import { Injectable } from '@nestjs/common';
import type { AnswerOf, GetOwners, QuestionOf } from '@headwater/contracts';
import { Database } from '@headwater/platform';
import { ownerHistory } from '../domain/owner-history';
import { MeetLeads } from '../meet-leads';
import { DecisionsStore } from '../store/decisions.store';

const MOST_DECISIONS = 1_000;
const MOST_OWNERS = 200;

/** Who had a lead. */
@Injectable()
export class ShowOwners {
  constructor(private readonly database: Database, private readonly meetLeads: MeetLeads, private readonly decisions: DecisionsStore) {}

  /** @throws DomainError `not_found` */
  async show({ context, lead_id }: QuestionOf<typeof GetOwners>): Promise<AnswerOf<typeof GetOwners>> {
    const lead = await this.meetLeads.one(context.tenant.id, lead_id);
    const newest = await this.decisions.aboutOwners(this.database, lead, MOST_DECISIONS);
    return { owners: ownerHistory(newest.reverse()).slice(0, MOST_OWNERS) };
  }
}
