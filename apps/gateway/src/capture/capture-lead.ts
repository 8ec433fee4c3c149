import { Injectable, Logger } from '@nestjs/common';
import {
  CaptureLeads, DomainError, type CaptureAnswer, type CaptureItem, type CaptureResult, type Context, type CreateLead,
  type SpooledSubmission, type TenantSettings,
} from '@headwater/contracts';
import { Batcher, Requester, Spool } from '@headwater/messaging';
import { about, Metrics, rpcAttributes, Tracing, type Counter } from '@headwater/platform';
import { Circuit } from './circuit';
import { submissionOf } from './submission-of';

/**
 * Intake answers within tens of milliseconds, a few hundred at its worst. After this it is away, or so far behind that the
 * spool serves the caller better; with the second that spooling may take, nobody waits for longer than three.
 */
const ANSWER_WITHIN_MS = 2_000;
/** So long nobody asks an intake that did not answer; what comes meanwhile is spooled at once. */
const REST_MS = 1_000;
/** One request at a time: with two, batches are half as large, and a lead costs half as much again in every service behind. */
const LIMITS = { inFlight: 1, items: 64, waiting: 5_000, patienceMs: ANSWER_WITHIN_MS };
const MOST_BYTES = 256 * 1024;

/** `spooled`: it is kept durably, and taken in later. */
export type Captured = { spooled: false; answer: CaptureAnswer } | { spooled: true; submission_id: string };

/** Hands submissions to intake, several in a request, and to the spool when intake doesn't answer. */
@Injectable()
export class CaptureLead {
  private readonly logger = new Logger(CaptureLead.name);
  private readonly circuit = new Circuit(REST_MS);
  private readonly batcher: Batcher<SpooledSubmission, CaptureResult>;
  private readonly spooled: Counter;
  private readonly settingsBytes = new WeakMap<TenantSettings, number>();

  constructor(requester: Requester, private readonly spool: Spool, metrics: Metrics, private readonly tracing: Tracing) {
    this.spooled = metrics.counter({
      name: 'headwater_captures_spooled_total', help: 'Submissions that were put on the spool because intake did not answer',
    });
    this.batcher = new Batcher((submissions) => this.circuit.watch(async () => {
      const tenants = Object.fromEntries(submissions.map(({ tenant }) => [tenant.id, tenant]));
      const question = { items: submissions.map(({ item }) => item), tenants };
      const { results } = await requester.ask(CaptureLeads, question, { timeoutMs: ANSWER_WITHIN_MS });
      return results;
    }), { ...LIMITS, size: { of: (submission) => this.bytesOf(submission), most: MOST_BYTES } });
  }

  /** @throws DomainError as intake refused this submission, or `unavailable` when the spool can't take it either: nothing is promised then */
  capture(context: Context, lead: CreateLead): Promise<Captured> {
    return this.takeIn(submissionOf(context, lead));
  }

  /** The same for a submission that is made up already. */
  async takeIn(submission: SpooledSubmission): Promise<Captured> {
    const result = await this.traced(submission.item, () => this.askIntake(submission));
    if (result?.ok) return { spooled: false, answer: result.answer };
    if (result) throw new DomainError(result.error);
    await this.put(submission);
    this.spooled.inc();
    return { spooled: true, submission_id: submission.item.submission_id };
  }

  /** For who doesn't want to wait until it is taken in: it is kept durably. @throws DomainError `unavailable`: nothing is promised then */
  async defer(context: Context, lead: CreateLead): Promise<Captured> {
    const submission = submissionOf(context, lead);
    submission.item.deferred = true;
    await this.put(submission);
    return { spooled: true, submission_id: submission.item.submission_id };
  }

  private put(submission: SpooledSubmission): Promise<void> {
    const { submission_id, tenant } = submission.item;
    return this.spool.put({ tenant, id: submission_id }, submission);
  }

  /** A span for each submission, as batches have many; it is what happens to the submission from here on that belongs to it. */
  private async traced(item: CaptureItem, ask: () => Promise<CaptureResult | null>): Promise<CaptureResult | null> {
    const span = this.tracing.begin(CaptureLeads.subject, {
      kind: 'client', parent: item.traceparent,
      attributes: () => rpcAttributes(CaptureLeads.subject, item),
    });
    if (span) item.traceparent = span.traceparent;
    const result = await ask();
    span?.end(failureOf(result));
    return result;
  }

  /** What intake says, be it yes or no; null when nobody knows whether it has taken the submission in. */
  private async askIntake(submission: SpooledSubmission): Promise<CaptureResult | null> {
    if (!this.circuit.mayTry()) return null;
    try {
      const result = await this.batcher.add(submission);
      return result.ok || result.error.kind !== 'unavailable' ? result : null;
    } catch (error) {
      // Refusals come as results: what is thrown says that there is none.
      const { tenant, correlation_id, traceparent } = submission.item;
      if (!(error instanceof DomainError)) {
        about({ tenant, correlation_id, traceparent, material: submission.item }, () => this.logger.error({ err: error }, 'Intake did not answer'));
      }
      return null;
    }
  }

  private bytesOf({ item, tenant }: SpooledSubmission): number {
    let settings = this.settingsBytes.get(tenant);
    if (settings === undefined) {
      settings = Buffer.byteLength(JSON.stringify(tenant));
      this.settingsBytes.set(tenant, settings);
    }
    return Buffer.byteLength(JSON.stringify(item)) + settings;
  }
}

function failureOf(result: CaptureResult | null): string | undefined {
  if (!result) return 'unavailable';
  return result.ok ? undefined : result.error.code;
}
