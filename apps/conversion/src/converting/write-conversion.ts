import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  DomainError,
  type AnswerOf, type Context, type ConvertAnswer, type ConvertBody, type ConvertedInto, type ConvertLead,
  type Warning,
} from '@headwater/contracts';
import { causedByRequest, Outbox, remember } from '@headwater/messaging';
import { Database, faultPoint, sqlState, type Tx } from '@headwater/platform';
import { actorLabel, authorName } from '../domain/actor-label';
import { announceConversion } from '../domain/announce-conversion';
import { freezeAttribution } from '../domain/freeze-attribution';
import { ConversionsStore, type Attempt } from '../store/conversions.store';
import { answeredRecords, type MadeRecords } from '../domain/made';
import type { VersionedMapping } from '../mapping/known-mappings';
import { CreateRecords, type Written } from './create-records';
import type { Gathered } from './gather-facts';
import { keyedAttempt } from './keyed-attempt';
import { planOf } from './plan';
import type { Reserved } from './neighbours';
import type { Settled } from './tell-others';

/** Everything that the decision is made from. */
export interface ToConvert {
  context: Context;
  attempt: Attempt;
  body: ConvertBody;
  mapping: VersionedMapping;
  facts: Gathered & Reserved;
}

export interface Conversion {
  answer: AnswerOf<typeof ConvertLead>;
  settled: Settled;
}

/** Unique violation, deadlock, serialisation: somebody was quicker, and looking again finds what they wrote. */
const LOOK_AGAIN = new Set(['23505', '40P01', '40001']);
const MOST_TRIES = 3;

/** The one transaction in which a conversion happens or doesn't. */
@Injectable()
export class WriteConversion {
  constructor(
    private readonly database: Database, private readonly outbox: Outbox,
    private readonly conversions: ConversionsStore, private readonly records: CreateRecords,
  ) {}

  /** @throws DomainError as `chooseTargets`, and `conversion_given_up` when the attempt is no longer the caller's */
  async write(plan: ToConvert): Promise<Conversion> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.database.transaction((tx) => this.convert(tx, plan));
      } catch (error) {
        if (tries === MOST_TRIES || !LOOK_AGAIN.has(sqlState(error) ?? '')) throw error;
      }
    }
  }

  private async convert(tx: Tx, plan: ToConvert): Promise<Conversion> {
    const { context, attempt, body, facts } = plan;
    const now = await this.conversions.holdStarted(tx, attempt);
    if (!now) {
      throw DomainError.conflict('conversion_given_up', 'The conversion took too long and was given up: try again');
    }
    const attribution = freezeAttribution({ ...facts, mappingVersion: plan.mapping.version }, now);
    const written = await this.records.create(tx, { ...planOf(context, body, facts, plan.mapping), attribution, now });
    const converted = convertedInto(written, facts.ownerId, now);
    const notes = body.notes?.trim() || null;
    await this.conversions.finish(tx, attempt, { converted, attribution, notes });
    await this.announce(tx, plan, { written, converted, attribution, notes });
    const answer = answerOf(attempt.leadId, written, now, [...facts.warnings, ...written.warnings]);
    // Nobody else writes under this key: it names the lead, and the lead is this attempt's.
    const keyed = keyedAttempt({ context, lead_id: attempt.leadId, body });
    await remember(tx, keyed ? [{ attempt: keyed, answer }] : []);
    faultPoint('conversion.before_commit');
    return { answer, settled: { attempt, converted, actor: actorLabel(context.actor) } };
  }

  private async announce(
    tx: Tx, { context, attempt, facts }: ToConvert,
    { written, ...done }: { written: Written; converted: ConvertedInto; attribution: Record<string, unknown>; notes: string | null },
  ): Promise<void> {
    const events = announceConversion(attempt.tenant, attempt.leadId, {
      ...done, records: written, dealAttribution: written.attribution, actor: actorLabel(context.actor), author: authorName(context.actor),
      noteIds: [randomUUID(), randomUUID()], confirmTo: facts.confirmTo,
    });
    const cause = causedByRequest(context);
    await this.outbox.add(tx, events.map((event) => ({ event, cause })));
  }
}

const convertedInto = ({ account, contact, customer, opportunity }: MadeRecords, owner_id: number | null, now: string): ConvertedInto => ({
  converted_at: now, account_id: account.record.id, contact_id: contact.record.id, customer_id: customer.record.id,
  opportunity_id: opportunity?.record.id ?? null, owner_id,
});

function answerOf(leadId: number, records: MadeRecords, now: string, warnings: Warning[]): AnswerOf<typeof ConvertLead> {
  const data: ConvertAnswer = { ...answeredRecords(records), lead: { id: leadId, status: 'converted', converted_at: now } };
  return { message: 'Lead converted successfully', data, ...(warnings.length > 0 ? { warnings } : {}) };
}
