import { Injectable } from '@nestjs/common';
import { DomainError, type AnswerOf, type QuestionOf, type ReplaySubmission as ReplaySubmissionRequest } from '@headwater/contracts';
import { readDeliveries, TO_FETCH } from '@headwater/inlets';
import { attemptOf, once } from '@headwater/messaging';
import { Database } from '@headwater/platform';
import { DeliveriesStore, type LoggedDelivery } from '../store/deliveries.store';
import { InletsStore } from '../store/inlets.store';
import { setUpOf, TakeInAgain } from './take-in-again';

/** Reads once more what made no lead, after its connector was set right. */
@Injectable()
export class ReplaySubmission {
  constructor(
    private readonly database: Database, private readonly deliveries: DeliveriesStore, private readonly inlets: InletsStore,
    private readonly takeInAgain: TakeInAgain,
  ) {}

  /** @throws DomainError `not_found`; `not_replayable` for what came by another way; `already_taken_in` with the verdict that it has */
  async replay({ context, submission_id }: QuestionOf<typeof ReplaySubmissionRequest>): Promise<AnswerOf<typeof ReplaySubmissionRequest>> {
    const { tenant, correlation_id, traceparent } = context;
    const submission = await once(this.database, attemptOf(context), async (tx) => {
      const logged = await this.deliveries.lock(tx, tenant.id, submission_id);
      if (!logged) throw DomainError.notFound('Submission');
      const { inlet_kind, inlet_id, raw } = logged;
      const inlet = inlet_kind === 'connector' && inlet_id && raw ? await this.inlets.find(tx, tenant.id, 'connector', inlet_id) : undefined;
      if (!inlet || !raw) throw DomainError.conflict('not_replayable', 'Only what came by a connector can be read once more');
      if (!madeNoLead(logged)) throw DomainError.conflict('already_taken_in', `The submission was taken in: it is ${logged.verdict}`);
      const read = readDeliveries(setUpOf(inlet), raw);
      return this.takeInAgain.takeIn(tx, logged, inlet, read, tenant, { correlation_id, ...(traceparent ? { traceparent } : {}) });
    });
    return { submission };
  }
}

/** Not what a person decides about: only what could not be understood, and what still waits for its record. */
const madeNoLead = ({ verdict, code }: LoggedDelivery): boolean => verdict === 'rejected' || (verdict === 'quarantined' && code === TO_FETCH);
