import { Injectable } from '@nestjs/common';
import { DomainError, PreviewCaptures, type CapturePreview, type Context, type CreateLead, type SpooledSubmission } from '@headwater/contracts';
import { Batcher, Requester } from '@headwater/messaging';
import { isAnonymous } from '../access/caller';
import { submissionOf } from './submission-of';

const ANSWER_WITHIN_MS = 5_000;
const bytesOf = (submission: SpooledSubmission): number => Buffer.byteLength(JSON.stringify(submission));
/** Their answers are long: a few fit into a message. */
const LIMITS = { inFlight: 2, items: 8, size: { of: bytesOf, most: 256 * 1024 }, waiting: 2_000, patienceMs: 15_000 };

/** Asks intake what would become of leads. */
@Injectable()
export class PreviewLeads {
  private readonly batcher: Batcher<SpooledSubmission, CapturePreview>;

  constructor(requester: Requester) {
    this.batcher = new Batcher(async (submissions) => {
      const tenants = Object.fromEntries(submissions.map(({ tenant }) => [tenant.id, tenant]));
      const { previews } = await requester.ask(PreviewCaptures, { items: submissions.map(({ item }) => item), tenants }, { timeoutMs: ANSWER_WITHIN_MS });
      return previews;
    }, LIMITS);
  }

  /** @throws DomainError `forbidden` for who may only insert, `unavailable` */
  async preview(context: Context, lead: CreateLead): Promise<CapturePreview> {
    if (isAnonymous(context)) {
      throw new DomainError({ kind: 'forbidden', code: 'forbidden', detail: 'Who may only send leads in learns nothing of what is there' });
    }
    return this.batcher.add(submissionOf(context, lead));
  }
}
