import { Injectable } from '@nestjs/common';
import {
  DomainError, type AnswerOf, type CaptureItem, type ConfirmSubmission, type DecideSubmission, type QuestionOf, type TenantSettings,
} from '@headwater/contracts';
import { attemptOf, once } from '@headwater/messaging';
import { Database, nowOf, type Tx } from '@headwater/platform';
import { CaptureLeads } from '../capture-leads';
import { HeldSubmissionsStore, type HeldSubmission } from '../store/held-submissions.store';
import { doneOf, SubmissionsStore } from '../store/submissions.store';
import { hashOf } from './hold-submissions';

type Cause = Pick<CaptureItem, 'correlation_id' | 'traceparent'>;

/** Ends a quarantine: by a person of ours, or by the sender, who follows the link in a mail. Each submission once. */
@Injectable()
export class DecideSubmissions {
  constructor(
    private readonly database: Database, private readonly captureLeads: CaptureLeads,
    private readonly held: HeldSubmissionsStore, private readonly submissions: SubmissionsStore,
  ) {}

  /** @throws DomainError `not_found`; `not_quarantined` with the verdict that it has; `no_longer_held` after its time */
  decide(question: QuestionOf<typeof DecideSubmission>): Promise<AnswerOf<typeof DecideSubmission>> {
    const { context, submission_id, decision, reason } = question;
    const { tenant, actor } = context;
    return once(this.database, attemptOf(context), async (tx) => {
      // By the id of its repetition, too; and once more after the lock, which another decision may have held.
      const id = (await this.submissions.find(tx, tenant.id, submission_id))?.id ?? submission_id;
      const held = await this.held.lock(tx, tenant.id, id);
      const submission = await this.submissions.find(tx, tenant.id, id);
      if (!submission) throw DomainError.notFound('Submission');
      if (submission.verdict !== 'quarantined') {
        throw DomainError.conflict('not_quarantined', `The submission is not quarantined: it is ${submission.verdict}`);
      }
      if (!held) throw DomainError.conflict('no_longer_held', 'The submission was kept for so long that it can not be decided about any more');
      const by = `${actor.kind}:${actor.id}`;
      if (decision === 'release') return { submission: await this.release(tx, held, tenant, context, by) };
      await this.held.decide(tx, tenant.id, id, by);
      const rejected = await this.submissions.reject(tx, tenant.id, id, { code: 'rejected', because: reason ?? 'a person looked at it' });
      return { submission: doneOf(rejected) };
    });
  }

  /** @throws DomainError `not_found` for a token that there isn't, or isn't any more; `gone` when its time is over, or somebody rejected it */
  confirm({ tenant, token, ...cause }: QuestionOf<typeof ConfirmSubmission>): Promise<AnswerOf<typeof ConfirmSubmission>> {
    return this.database.transaction(async (tx) => {
      const held = await this.held.lockByToken(tx, tenant.id, hashOf(token));
      if (!held) throw DomainError.notFound('Confirmation');
      const { submission_id } = held;
      if (!held.decided_at) {
        if (held.expired) throw DomainError.gone('The link is not good any more: send the form once more');
        await this.release(tx, confirmed(held, await nowOf(tx)), tenant, cause, 'the sender');
        return { submission_id };
      }
      const submission = await this.submissions.find(tx, tenant.id, submission_id);
      if (!submission || submission.verdict === 'rejected') throw DomainError.gone('The link is not good any more');
      return { submission_id };
    });
  }

  private async release(tx: Tx, { item, tenant_id, submission_id }: HeldSubmission, tenant: TenantSettings, cause: Cause, by: string) {
    await this.held.decide(tx, tenant_id, submission_id, by);
    await this.submissions.takeOut(tx, tenant_id, submission_id);
    const { correlation_id, traceparent } = cause;
    const { verdict, because, lead } = await this.captureLeads.release(tx, { ...item, correlation_id, traceparent }, tenant);
    return doneOf({ verdict, because, lead_id: lead?.lead_id ?? null, code: null });
  }
}

/** A consent that was given with a form is proved by following the link. */
function confirmed(held: HeldSubmission, at: string): HeldSubmission {
  const { lead } = held.item;
  if (!lead.consent) return held;
  return { ...held, item: { ...held.item, lead: { ...lead, consent: { ...lead.consent, confirmed_at: at } } } };
}
