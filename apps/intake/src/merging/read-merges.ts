import { Injectable } from '@nestjs/common';
import { DomainError, type AnswerOf, type GetMerge, type ListMerges, type QuestionOf } from '@headwater/contracts';
import { Database } from '@headwater/platform';
import { LeadsStore } from '../store/leads.store';
import { mergeView, MergesStore } from '../store/merges.store';

const MOST = 200;

@Injectable()
export class ReadMerges {
  constructor(private readonly database: Database, private readonly leads: LeadsStore, private readonly merges: MergesStore) {}

  /** @throws DomainError not_found, also for one that came to nothing */
  async get({ context, merge_id }: QuestionOf<typeof GetMerge>): Promise<AnswerOf<typeof GetMerge>> {
    const row = await this.merges.find(this.database, context.tenant.id, merge_id);
    if (!row || !row.snapshot) throw DomainError.notFound('Merge');
    return { merge: mergeView(row) };
  }

  /** @throws DomainError not_found */
  async list({ context, lead_id }: QuestionOf<typeof ListMerges>): Promise<AnswerOf<typeof ListMerges>> {
    const tenant = context.tenant.id;
    if ((await this.leads.get(this.database, tenant, [lead_id])).length === 0) throw DomainError.notFound('Lead');
    return { merges: await this.merges.ofLead(this.database, tenant, lead_id, MOST) };
  }
}
