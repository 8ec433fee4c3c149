import { Injectable, Logger } from '@nestjs/common';
import {
  LockAssignment, LockLead, LockScore, SettleLead, type ConvertedInto, type RequestDefinition,
} from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import type { Attempt } from '../store/conversions.store';

const EACH_MS = 2_000;

/** A conversion that is done. */
export interface Settled {
  attempt: Attempt;
  converted: ConvertedInto;
  actor: string;
}

/** Tells the lead's owners before the caller is answered, so that every write after the answer meets the lock. */
@Injectable()
export class TellOthers {
  private readonly logger = new Logger(TellOthers.name);

  constructor(private readonly requester: Requester) {}

  /** Never fails: who doesn't hear it now learns it from `lead.converted`, and qualification asks when the lease is over. */
  async tell({ attempt: { tenant, leadId, token }, converted, actor }: Settled): Promise<void> {
    const lock = { tenant, lead_id: leadId, converted };
    await Promise.all([
      this.inform(leadId, SettleLead, { tenant, lead_id: leadId, token, outcome: { kind: 'done', converted, actor } }),
      this.inform(leadId, LockLead, lock),
      this.inform(leadId, LockScore, lock),
      this.inform(leadId, LockAssignment, lock),
    ]);
  }

  private async inform<Question>(
    leadId: number, request: RequestDefinition<Question, unknown>, question: Question,
  ): Promise<void> {
    try {
      await this.requester.ask(request, question, { timeoutMs: EACH_MS });
    } catch (error) {
      this.logger.warn({ err: error, lead_id: leadId }, `${request.service} has yet to hear that the lead is converted`);
    }
  }
}
