import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  DomainError, type CaptureItem, type CaptureResult, type SpooledSubmission, type SubmissionState, type TenantSettings,
} from '@headwater/contracts';
import { SpoolConsumer, type Done, type SpoolHandler } from '@headwater/messaging';
import type { Tx } from '@headwater/platform';
import { CaptureLeads } from './capture-leads';

type Result = CaptureResult | Error;

/**
 * Takes in what the gateway spooled because intake did not answer. Perhaps it did the work and only its answer was lost: a
 * submission is known again by its id and by its Idempotency-Key. Nobody waits for an answer any more.
 */
@Injectable()
export class TakeInSpooled implements OnModuleInit, SpoolHandler<SpooledSubmission> {
  constructor(private readonly spool: SpoolConsumer, private readonly captureLeads: CaptureLeads) {}

  onModuleInit(): void {
    this.spool.takeWith(this);
  }

  async take(submissions: SpooledSubmission[]): Promise<Done[]> {
    const tenants = tenantsOf(submissions);
    const results = await this.evenBarred(submissions.map(asSpooled), (items) => this.captureLeads.attempt(items, tenants));
    return results.map(doneOf);
  }

  async takeWithin(tx: Tx, submission: SpooledSubmission): Promise<void> {
    const [result] = await this.evenBarred([asSpooled(submission)],
      (items) => this.captureLeads.captureWithin(tx, items, tenantsOf([submission])));
    const done = doneOf(result);
    if (done === 'later') throw new Error('The first submission with this Idempotency-Key is being taken in: try again in a moment');
    if (done instanceof Error) throw done;
  }

  /** Of one that can't be taken in, and waits for a person; null for any other. */
  async stateOf({ tenant, submission_id }: { tenant: string; submission_id: string }): Promise<SubmissionState | null> {
    return await this.spool.isPutAside({ tenant, id: submission_id }) ? { state: 'pending' } : null;
  }

  /**
   * While one waited, its Idempotency-Key may have been used for something else. Its sender was promised that it is taken
   * in, so it is: without the key.
   */
  private async evenBarred<R extends Result>(items: CaptureItem[], take: (items: CaptureItem[]) => Promise<R[]>): Promise<R[]> {
    const results = await take(items);
    const barred = items.filter((_, i) => isBarred(results[i]));
    if (barred.length === 0) return results;
    const again = await take(barred.map((item) => ({ ...item, idempotency: undefined })));
    return results.map((result, i) => (isBarred(result) ? again[barred.indexOf(items[i])] : result));
  }
}

const asSpooled = ({ item }: SpooledSubmission): CaptureItem => ({ ...item, spooled: true });

const tenantsOf = (submissions: SpooledSubmission[]): Record<string, TenantSettings> =>
  Object.fromEntries(submissions.map(({ tenant }) => [tenant.id, tenant]));

const isRefusedAs = (result: Result, code: string): boolean => !(result instanceof Error) && !result.ok && result.error.code === code;
const isBarred = (result: Result): boolean => isRefusedAs(result, 'idempotency_key_reused');

function doneOf(result: Result): Done {
  if (result instanceof Error) return result;
  if (result.ok) return 'done';
  return isRefusedAs(result, 'in_flight') ? 'later' : new DomainError(result.error);
}
