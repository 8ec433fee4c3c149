import { Injectable } from '@nestjs/common';
import { DomainError, type AnswerOf, type ListContactAttempts as ListRequest, type QuestionOf } from '@headwater/contracts';
import { LeadTies } from '@headwater/messaging';
import { Database } from '@headwater/platform';
import { KnowLeads } from '../know-leads';
import { ContactAttemptsStore } from '../store/contact-attempts.store';

@Injectable()
export class ListContactAttempts {
  constructor(
    private readonly database: Database, private readonly know: KnowLeads, private readonly ties: LeadTies, private readonly attempts: ContactAttemptsStore,
  ) {}

  /** Of the lead and of those that were merged into it. @throws DomainError 404; 422 for a cursor that isn't one */
  async list({ context, lead_id, limit, cursor }: QuestionOf<typeof ListRequest>): Promise<AnswerOf<typeof ListRequest>> {
    const tenant = context.tenant.id;
    await this.know.require(tenant, lead_id);
    const lead = { tenant_id: tenant, lead_id };
    const members = (await this.ties.families(this.database, [lead])).membersOf(lead).map((member) => member.lead_id);
    const found = await this.attempts.list(tenant, [lead_id, ...members], idIn(cursor), limit + 1);
    const attempts = found.slice(0, limit);
    return { attempts, next_cursor: found.length > limit ? String(attempts.at(-1)?.id) : null };
  }
}

function idIn(cursor: string | undefined): number | null {
  if (cursor === undefined) return null;
  if (!/^\d{1,15}$/.test(cursor)) throw DomainError.invalidField('cursor', 'wrong_format', 'cursor must be the next_cursor of a page');
  return Number(cursor);
}
