import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DomainError, type AnswerOf, type ConvertedInto, type ConvertLead, type QuestionOf } from '@headwater/contracts';
import { Batcher, firstAnswer } from '@headwater/messaging';
import { Database, type Tx } from '@headwater/platform';
import { CONVERSION_CONFIG, type ConversionConfig } from '../conversion.config';
import { actorName } from '../domain/actor-name';
import { leadLocked } from '../domain/lead-locked';
import { KnownMappings, type VersionedMapping } from '../mapping/known-mappings';
import { ConversionsStore, type Attempt, type Begin } from '../store/conversions.store';
import { keyedAttempt } from './keyed-attempt';
import type { Settled } from './settled';

/** Attempts that begin at the same time are written together. */
const TOGETHER = { inFlight: 2, items: 32, waiting: 2_000, patienceMs: 5_000, atEndOfTurn: true };

type Question = QuestionOf<typeof ConvertLead>;
/** An attempt that is its caller's, and the mapping that it goes by. */
export interface Started { kind: 'started'; attempt: Attempt; mapping: VersionedMapping }
type Begun =
  | Started
  | { kind: 'answered'; answer: AnswerOf<typeof ConvertLead>; settled: Settled };

/** Writes down, in a transaction of its own, that this lead is being converted, by whom and how long at most. */
@Injectable()
export class BeginConversion {
  /** how long qualification and this service leave a lead to one converter; longer than all bounds of its steps together */
  readonly leaseSeconds: number;
  private readonly beginnings: Batcher<Begin, number | null>;

  constructor(
    private readonly database: Database, private readonly conversions: ConversionsStore, private readonly mappings: KnownMappings,
    @Inject(CONVERSION_CONFIG) config: ConversionConfig,
  ) {
    this.leaseSeconds = config.CONVERSION_LEASE_SECONDS;
    this.beginnings = new Batcher((attempts) => conversions.insertStarted(database, attempts), TOGETHER);
  }

  /**
   * @returns the attempt that is now this caller's, or the stored answer to the same key
   * @throws DomainError `lead_locked`, `conversion_in_progress`, and those of idempotency
   */
  async begin(question: Question): Promise<Begun> {
    const { context, lead_id: leadId } = question;
    const attempt: Attempt = { tenant: context.tenant.id, leadId, token: randomUUID() };
    const actor = actorName(context.actor);
    const version = await this.beginnings.add({ ...attempt, actor, leaseSeconds: this.leaseSeconds });
    return version === null ? this.takeOver(question, attempt, actor) : this.started(attempt, version);
  }

  /** There was an attempt before: it is done, or goes on, or its holder's time is over. */
  private async takeOver(question: Question, attempt: Attempt, actor: string): Promise<Begun> {
    const begun = await this.database.transaction(async (tx): Promise<Extract<Begun, { kind: 'answered' }> | number> => {
      const row = await this.conversions.lockConversion(tx, attempt.tenant, attempt.leadId);
      if (row?.converted) return this.answered(tx, question, row.token, row.actor, row.converted);
      if (row?.state === 'started' && row.leased) {
        throw DomainError.conflict('conversion_in_progress', 'The lead is being converted at this moment');
      }
      return this.conversions.restart(tx, attempt, actor, this.leaseSeconds);
    });
    return typeof begun === 'number' ? this.started(attempt, begun) : begun;
  }

  private async started(attempt: Attempt, mappingVersion: number): Promise<Begun> {
    return { kind: 'started', attempt, mapping: await this.mappings.get(attempt.tenant, mappingVersion) };
  }

  /** Looked up under the row's lock: a key names the lead, so its answer is there if and only if its conversion is. */
  private async answered(
    tx: Tx, question: Question, token: string, actor: string, converted: ConvertedInto,
  ): Promise<Extract<Begun, { kind: 'answered' }>> {
    const answer = await firstAnswer<AnswerOf<typeof ConvertLead>>(tx, keyedAttempt(question));
    if (!answer) throw leadLocked(converted);
    return {
      kind: 'answered',
      answer,
      settled: { attempt: { tenant: question.context.tenant.id, leadId: question.lead_id, token }, converted, actor },
    };
  }
}
