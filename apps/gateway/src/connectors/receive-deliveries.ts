import { Injectable } from '@nestjs/common';
import { DomainError, type CaptureItem, type EdgeInlet, type SetAsideReason, type SpooledSubmission, type TenantSettings } from '@headwater/contracts';
import { deliveryNameOf, readDeliveries, setUp, type InboundRequest, type PlainAnswer } from '@headwater/inlets';
import { Metrics, type Counter } from '@headwater/platform';
import { Directory } from '../access/directory';
import { CaptureLead, type Captured } from '../capture/capture-lead';
import { submissionBy } from '../inlets/submission-by';
import { openBody } from './open-body';
import { openMail } from './open-mail';
import { OpenedConnectors, type OpenConnector } from './opened-connectors';

/** What became of one part of a delivery; whether the person was known before is nobody's business here. */
export interface Receipt { submission_id: string; outcome: 'accepted' | 'rejected'; code?: string; because?: string }

type Cause = Pick<CaptureItem, 'correlation_id' | 'traceparent'>;
type Fate = 'answered' | 'refused' | 'accepted' | 'rejected';

const MOST_AT_ONCE = 1_000;

/** Takes in what vendors deliver. */
@Injectable()
export class ReceiveDeliveries {
  private readonly requests: Counter<'connector' | 'fate'>;

  constructor(
    private readonly opened: OpenedConnectors, private readonly capture: CaptureLead, private readonly directory: Directory, metrics: Metrics,
  ) {
    this.requests = metrics.counter({
      name: 'headwater_connector_deliveries_total', help: 'What came by connectors, by kind and what became of it', labelNames: ['connector', 'fate'],
    });
  }

  /** The answer to a request by which a vendor only makes sure that we are here; null for a delivery. */
  challenge(inlet: EdgeInlet, request: InboundRequest): PlainAnswer | null {
    const { connector, settings } = this.opened.open(inlet);
    const answer = connector.challenge?.(request, settings) ?? null;
    if (answer) this.count(connector.name, answer.status < 400 ? 'answered' : 'refused');
    return answer;
  }

  /**
   * @throws DomainError `wrong_signature` when the sender is not who it should be: nothing is kept then; `unavailable` when neither
   *   intake nor the spool takes it: nothing is promised
   */
  async receive(inlet: EdgeInlet, request: InboundRequest, cause: Cause): Promise<{ receipts: Receipt[]; thanks?: PlainAnswer }> {
    const open = this.opened.open(inlet);
    const { connector } = open;
    const verdict = connector.verify(request, open.settings, Date.now());
    if (!verdict.ok) {
      this.count(connector.name, 'refused');
      throw new DomainError({ kind: 'unauthenticated', code: 'wrong_signature', detail: verdict.why });
    }
    const tenant = await this.directory.findTenant(inlet.tenant);
    if (!tenant) throw DomainError.notFound('Connector');
    const submissions = await this.submissionsIn(open, inlet, tenant, request, cause);
    if (submissions.length > MOST_AT_ONCE) {
      throw new DomainError({ kind: 'too_large', code: 'too_many', detail: `A delivery may hold ${MOST_AT_ONCE} leads: send more of them as a batch, or import them` });
    }
    const receipts = await Promise.all(submissions.map((submission) => this.takeIn(submission)));
    for (const { outcome } of receipts) this.count(connector.name, outcome);
    return { receipts, ...(connector.thanks ? { thanks: connector.thanks } : {}) };
  }

  private async submissionsIn(
    { connector, settings }: OpenConnector, inlet: EdgeInlet, tenant: TenantSettings, request: InboundRequest, cause: Cause,
  ): Promise<SpooledSubmission[]> {
    const contentType = request.headers['content-type'];
    const opened = await (connector.opensMail ? openMail : openBody)(request.bytes, contentType);
    const name = { connector_id: inlet.id, request: request.headers['webhook-id'] ?? request.headers['idempotency-key'], bytes: request.bytes };
    const received_at = new Date().toISOString();
    return readDeliveries(setUp(connector, settings), opened).map(({ id, captured }, place) => submissionBy(inlet, tenant, cause, {
      ...captured, delivery: deliveryNameOf({ ...name, id, received_at, place }), ...(captured.quarantine ? { settings: tenant } : {}),
    }));
  }

  /** What intake refuses for good is kept all the same: the vendor would send it again and again. */
  private async takeIn(submission: SpooledSubmission): Promise<Receipt> {
    const { rejected, submission_id } = submission.item;
    const captured = await this.capture.takeIn(submission).catch((error: unknown) => {
      if (!(error instanceof DomainError) || error.body.kind === 'unavailable' || rejected) throw error;
      const { code, detail: because } = error.body;
      return this.capture.takeIn({ ...submission, item: { ...submission.item, lead: {}, rejected: { code, because } } });
    });
    return { submission_id: captured.spooled ? submission_id : captured.answer.submission_id, ...outcomeOf(captured, rejected) };
  }

  private count(connector: string, fate: Fate): void {
    this.requests.inc({ connector, fate });
  }
}

function outcomeOf(captured: Captured, rejected: SetAsideReason | undefined): Omit<Receipt, 'submission_id'> {
  const isRejected = captured.spooled ? rejected !== undefined : captured.answer.verdict === 'rejected';
  if (!isRejected) return { outcome: 'accepted' };
  return { outcome: 'rejected', ...(rejected ?? (captured.spooled ? {} : { because: captured.answer.because })) };
}
