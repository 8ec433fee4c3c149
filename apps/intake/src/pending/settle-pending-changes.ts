import { Injectable } from '@nestjs/common';
import { v4 as uuid } from 'uuid';
import {
  DomainError, type AnswerOf, type LeadProfile, type ListPendingChanges, type PendingChange, type QuestionOf, type SettlePendingChanges as SettleRequest,
} from '@headwater/contracts';
import { attemptOf, causedByRequest, once, Outbox } from '@headwater/messaging';
import { Database, type Tx } from '@headwater/platform';
import { stateOf, type Lead } from '../domain/lead';
import { leadUpdated } from '../domain/lead-events';
import { pendingChanges, refused } from '../domain/pending-changes';
import { LeadsStore } from '../store/leads.store';
import { untilNotBeaten } from '../store/until-not-beaten';
import { UpdateLead, type HeldLead } from '../update-lead';

type Question = QuestionOf<typeof SettleRequest>;
type Answer = AnswerOf<typeof SettleRequest>;

/** What senders proposed and may not write, for a person to accept or reject. */
@Injectable()
export class SettlePendingChanges {
  constructor(
    private readonly database: Database, private readonly outbox: Outbox, private readonly leads: LeadsStore, private readonly updateLead: UpdateLead,
  ) {}

  /** @throws DomainError not_found */
  async list({ context, lead_id }: QuestionOf<typeof ListPendingChanges>): Promise<AnswerOf<typeof ListPendingChanges>> {
    const [lead] = await this.leads.get(this.database, context.tenant.id, [lead_id]);
    if (!lead) throw DomainError.notFound('Lead');
    return { changes: pendingChanges(lead.pending, lead.profile), revision: lead.revision };
  }

  /** @throws DomainError not_found, lead_locked, precondition_failed, or `not_pending` for a field that nothing waits for */
  settle(question: Question): Promise<Answer> {
    const { context, decision, fields } = question;
    return untilNotBeaten(() => once(this.database, attemptOf(context), async (tx) => {
      const held = await this.updateLead.hold(tx, question, decision === 'accept' ? await this.proposed(tx, question) : {});
      const chosen = choose(pendingChanges(held.lead.pending, held.lead.profile), fields);
      if (chosen.length === 0) return { lead: stateOf(held.lead) };
      return decision === 'accept' ? this.accept(tx, held, question, chosen) : this.reject(tx, held.lead, question, chosen);
    }));
  }

  /** What waits for this decision now, before the lead is held. */
  private async proposed(tx: Tx, { context, lead_id, fields }: Question): Promise<LeadProfile> {
    const [lead] = await this.leads.get(tx, context.tenant.id, [lead_id]);
    return lead ? patchOf(pendingChanges(lead.pending, lead.profile).filter(({ field }) => !fields || fields.includes(field))) : {};
  }

  private accept(tx: Tx, held: HeldLead, { context }: Question, chosen: PendingChange[]): Promise<Answer> {
    return this.updateLead.write(tx, held, { context, command_id: uuid(), patch: patchOf(chosen) }, true);
  }

  private async reject(tx: Tx, lead: Lead, { context }: Question, chosen: PendingChange[]): Promise<Answer> {
    lead.pending = refused(lead.pending, chosen.map(({ field }) => field));
    lead.revision += 1;
    await this.leads.save(tx, [lead]);
    const event = leadUpdated(lead, ['pending_changes']);
    await this.outbox.add(tx, [{ event, cause: causedByRequest(context) }]);
    return { lead: stateOf(lead) };
  }
}

const patchOf = (changes: PendingChange[]): LeadProfile => Object.fromEntries(changes.map(({ field, proposed }) => [field, proposed]));

function choose(waiting: PendingChange[], fields: string[] | undefined): PendingChange[] {
  if (!fields) return waiting;
  const stray = fields.filter((field) => !waiting.some((change) => change.field === field));
  if (stray.length > 0) {
    throw DomainError.invalid(stray.map((field) => ({ field: 'fields', code: 'not_pending', detail: `No change of ${field} is pending` })));
  }
  return waiting.filter(({ field }) => fields.includes(field));
}
