import { Injectable } from '@nestjs/common';
import {
  DomainError, GetLeads, ReserveLead,
  type AnswerOf, type Context, type ConvertLead as ConvertLeadRequest, type QuestionOf,
} from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { ConversionMetrics } from './conversion-metrics';
import { BeginConversion, LEASE_SECONDS, type Started } from './converting/begin-conversion';
import { GatherFacts } from './converting/gather-facts';
import { ReleaseLead } from './converting/release-lead';
import { TellOthers } from './converting/tell-others';
import { WriteConversion, type Conversion } from './converting/write-conversion';
import { checkConvert } from './domain/check-convert';
import type { Attempt } from './store/conversions.store';

type Question = QuestionOf<typeof ConvertLeadRequest>;
type Answer = AnswerOf<typeof ConvertLeadRequest>;

/**
 * Turns a qualified lead into account, contact, customer and, if asked, an opportunity: all of it or nothing, over
 * services. The lead is reserved at qualification under a token; one transaction of ours, guarded by that token, decides.
 * A crash in between leaves a lease that runs out; then qualification asks `SettleConversion`.
 */
@Injectable()
export class ConvertLead {
  constructor(
    private readonly requester: Requester, private readonly beginning: BeginConversion, private readonly facts: GatherFacts,
    private readonly writing: WriteConversion, private readonly others: TellOthers, private readonly lead: ReleaseLead,
    private readonly metrics: ConversionMetrics,
  ) {}

  /**
   * @throws DomainError invalid, not_found, and conflicts: `lead_locked` (with the ids), `lead_merged` (with the primary), `conversion_in_progress`,
   * `not_qualified`, `customer_exists` (with the candidates), `owner_required`, `conversion_given_up`
   */
  async convert(question: Question): Promise<Answer> {
    try {
      return await this.tryTo(question);
    } catch (error) {
      this.metrics.refused(error);
      throw error;
    }
  }

  private async tryTo(question: Question): Promise<Answer> {
    const { context, lead_id, body } = question;
    const errors = checkConvert(body);
    if (errors.length > 0) throw DomainError.invalid(errors);
    await this.mustBeOneOfItsOwn(context.tenant.id, lead_id);
    const begun = await this.beginning.begin(question);
    if (begun.kind === 'answered') {
      await this.others.tell(begun.settled); // the first attempt may have ended between its commit and this
      return begun.answer;
    }
    const { answer, settled } = await this.reserveAndWrite(question, begun);
    this.metrics.done();
    await this.others.tell(settled);
    return answer;
  }

  private async reserveAndWrite({ context, body }: Question, { attempt, mapping }: Started): Promise<Conversion> {
    try {
      const reserved = await this.reserve(context, attempt);
      const facts = await this.facts.gather(context, attempt.leadId, { notify: body.send_notification_email ?? true });
      return await this.writing.write({ context, attempt, body, mapping, facts: { ...facts, ...reserved } });
    } catch (error) {
      await this.lead.release(attempt);
      throw error;
    }
  }

  private reserve(context: Context, { leadId, token }: Attempt): Promise<AnswerOf<typeof ReserveLead>> {
    return this.requester.ask(ReserveLead, {
      context, lead_id: leadId, token, holder: 'conversion', lease_seconds: LEASE_SECONDS,
    });
  }

  /** Asked before anything is written, so that an id that nobody knows leaves nothing behind. */
  private async mustBeOneOfItsOwn(tenant: string, leadId: number): Promise<void> {
    const { leads, primaries } = await this.requester.ask(GetLeads, { tenant, ids: [leadId] });
    if (leads.length === 0) throw DomainError.notFound('Lead');
    if (!primaries) return;
    const [{ primary_id }] = primaries;
    throw DomainError.conflict('lead_merged', `Lead ${leadId} is merged into lead ${primary_id}`, { primary_id });
  }
}
