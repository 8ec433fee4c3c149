import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import {
  CaptureLeads, DomainError, type CaptureAnswer, type CaptureItem, type CaptureResult, type Context, type CreateLead,
  type TenantSettings,
} from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { isAnonymous } from '../access/caller';
import { Batcher } from './batcher';

const LIMITS = { inFlight: 2, items: 64, bytes: 256 * 1024, waiting: 5_000 };

interface Submission { item: CaptureItem; tenant: TenantSettings }

/** Hands submissions to intake, several in a request; batching happens here and nowhere else. */
@Injectable()
export class CaptureLead {
  private readonly batcher: Batcher<Submission, CaptureResult>;
  private readonly settingsBytes = new WeakMap<TenantSettings, number>();

  constructor(requester: Requester) {
    this.batcher = new Batcher(async (submissions) => {
      const tenants = Object.fromEntries(submissions.map(({ tenant }) => [tenant.id, tenant]));
      const { results } = await requester.ask(CaptureLeads, { items: submissions.map(({ item }) => item), tenants });
      return results;
    }, (submission) => this.bytesOf(submission), LIMITS);
  }

  /** @throws DomainError as intake refused this submission, or `unavailable` when intake did not answer: nothing is promised then */
  async capture(context: Context, lead: CreateLead): Promise<CaptureAnswer> {
    const anonymous = isAnonymous(context);
    const item: CaptureItem = {
      submission_id: uuidv7(),
      received_at: new Date().toISOString(),
      tenant: context.tenant.id,
      actor: context.actor,
      anonymous,
      entry: anonymous ? 'form' : 'api',
      lead,
      idempotency: context.idempotency,
      correlation_id: context.correlation_id,
      traceparent: context.traceparent,
    };
    const result = await this.batcher.add({ item, tenant: context.tenant });
    if (!result.ok) throw new DomainError(result.error);
    return result.answer;
  }

  private bytesOf({ item, tenant }: Submission): number {
    let settings = this.settingsBytes.get(tenant);
    if (settings === undefined) {
      settings = Buffer.byteLength(JSON.stringify(tenant));
      this.settingsBytes.set(tenant, settings);
    }
    return Buffer.byteLength(JSON.stringify(item)) + settings;
  }
}
