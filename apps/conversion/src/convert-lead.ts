import { Injectable } from '@nestjs/common';
import { DomainError, type AnswerOf, type ConvertLead as ConvertLeadRequest, type QuestionOf } from '@headwater/contracts';
import { faultPoint, stallPoint } from '@headwater/platform';
import { ConversionMetrics } from './conversion-metrics';
import { BeginConversion, type Started } from './converting/begin-conversion';
import { Contests } from './converting/contests';
import { Convoys } from './converting/convoys';
import { GatherFacts } from './converting/gather-facts';
import { Neighbours, type Reserved } from './converting/neighbours';
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
  private readonly convoys = new Convoys();
  private readonly contests = new Contests();

  constructor(
    private readonly neighbours: Neighbours, private readonly beginning: BeginConversion, private readonly facts: GatherFacts,
    private readonly writing: WriteConversion, private readonly others: TellOthers, private readonly lead: ReleaseLead,
    private readonly metrics: ConversionMetrics,
  ) {}

  /**
   * @throws DomainError invalid, not_found, and conflicts: `lead_locked` (with the ids), `lead_merged` (with the primary), `conversion_in_progress`,
   * `not_qualified`, `customer_exists` (with the candidates), `owner_required`, `conversion_given_up`; 412; unavailable
   */
  async convert(question: Question): Promise<Answer> {
    try {
      return await this.contests.during(`${question.context.tenant.id} ${question.lead_id}`, (begin) => this.convoys.go(() => this.tryTo(question, begin)));
    } catch (error) {
      this.metrics.refused(error);
      throw error;
    }
  }

  private async tryTo(question: Question, begin: () => void): Promise<Answer> {
    const errors = checkConvert(question.body, question.context.tenant.policies.strict_opportunity_fields);
    if (errors.length > 0) throw DomainError.invalid(errors);
    const begun = await this.beginning.begin(question);
    if (begun.kind === 'answered') {
      await this.others.tell([begun.settled]); // the first attempt may have ended between its commit and this
      return begun.answer;
    }
    begin();
    faultPoint('conversion.after_begin');
    const { answer, told } = await this.reserveAndWrite(question, begun);
    this.metrics.done();
    await told;
    faultPoint('conversion.after_telling');
    return answer;
  }

  private async reserveAndWrite({ context, body, expected_revision }: Question, { attempt, mapping }: Started): Promise<Conversion> {
    const reserved = await this.reserve(attempt, expected_revision);
    try {
      await stallPoint('conversion.after_reserve');
      const facts = await this.facts.gather(context, attempt.leadId, { notify: body.send_notification_email ?? true });
      return await this.writing.write({ context, attempt, body, mapping, facts: { ...facts, ...reserved } });
    } catch (error) {
      await this.lead.release(attempt);
      throw error;
    }
  }

  /** Who was refused held nothing; who got no answer may hold the lead all the same. */
  private async reserve(attempt: Attempt, expected_revision: number | undefined): Promise<Reserved> {
    const { tenant, leadId: lead_id, token } = attempt;
    try {
      return await this.neighbours.reserve({ tenant, lead_id, token, lease_seconds: this.beginning.leaseSeconds, expected_revision });
    } catch (error) {
      if (error instanceof DomainError && error.body.kind !== 'unavailable') await this.lead.forget(attempt);
      else await this.lead.release(attempt);
      throw error;
    }
  }
}
