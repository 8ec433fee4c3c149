import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ConfirmSubmission, DomainError, isTenantId, type EdgeInlet, type FormSettings, type TenantSettings } from '@headwater/contracts';
import { MADE_AT, readForm, redirectOf } from '@headwater/inlets';
import { Requester } from '@headwater/messaging';
import { Directory } from '../access/directory';
import { CaptureLead } from '../capture/capture-lead';
import { GATEWAY_CONFIG, type GatewayConfig } from '../gateway.config';
import { idempotencyOf } from '../input/idempotency';
import { Inlets } from '../inlets/inlets';
import { plainOnly } from '../inlets/plain-only';
import { submissionBy, type ReadByInlet } from '../inlets/submission-by';
import { TokenBuckets } from '../inlets/token-bucket';
import { tooMany } from '../inlets/too-many';
import { readMoment } from './made-at';
import { readFields, type SentFields } from './read-fields';
import { senderAddress } from './sender-address';

/** What a form may where its owner says nothing, per minute and replica. */
const RATES = { per_minute: 1_200, per_address_per_minute: 60 };
const LIFETIME_HOURS = 72;

/** A form that takes something in. */
export interface OpenForm {
  inlet: EdgeInlet;
  tenant: TenantSettings;
  settings: FormSettings;
  /** of the gateway, where the operator has named it */
  publicUrl: string | undefined;
}

export interface TakenForm {
  submission_id: string;
  spooled: boolean;
  settings: FormSettings;
  /** null for our own page */
  redirect: string | null;
}

/** Takes in what a form sends, be its sender a person or not: what they are told is the same. */
@Injectable()
export class TakeForm {
  private readonly ofForm = new TokenBuckets();
  private readonly ofAddress = new TokenBuckets();

  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig, private readonly inlets: Inlets, private readonly directory: Directory,
    private readonly capture: CaptureLead, private readonly requester: Requester,
  ) {}

  /** The form with this key. @throws DomainError `not_found`, `gone`, `unavailable` */
  async form(key: string): Promise<OpenForm> {
    const inlet = await this.inlets.require('form', key);
    const tenant = await this.directory.findTenant(inlet.tenant);
    if (!tenant) throw DomainError.notFound('Form');
    return { inlet, tenant, settings: inlet.settings as FormSettings, publicUrl: this.config.PUBLIC_URL };
  }

  /**
   * @throws DomainError as `form`; `too_many_requests`; as what was sent can't be read; `invalid` naming each field that its sender has
   *   to correct
   */
  async take({ inlet, tenant, settings }: OpenForm, request: FastifyRequest<{ Body: Buffer | undefined }>): Promise<TakenForm> {
    this.limit(inlet, request);
    const { headers, scope, body = Buffer.alloc(0) } = request;
    scope.tenant = tenant.id;
    plainOnly(headers);
    const sent = await readFields(headers['content-type'], body);
    const now = Date.now();
    const madeAt = readMoment(sent.fields[MADE_AT], inlet.secret);
    const reading = readForm(settings, {
      fields: sent.fields, page: headers.referer ?? null, at: new Date(now).toISOString(), form: inlet.name,
      ageMs: madeAt === null ? null : now - madeAt,
    });
    if (reading.errors.length) throw DomainError.invalid(reading.errors);
    const submission = submissionBy(inlet, tenant, scope, {
      anonymous: true, entry: 'form', lead: reading.lead, raw: rawOf(sent),
      ...fromSettings(settings), ...this.held(settings, tenant, reading.spam), ...keyed(inlet, request, sent),
    });
    const captured = await this.capture.takeIn(submission);
    const { submission_id } = captured.spooled ? captured : captured.answer;
    return { submission_id, spooled: captured.spooled, settings, redirect: redirectOf(settings, wishIn(sent.fields)) };
  }

  /**
   * Whoever follows the link in a mail.
   * @returns the id of the submission
   * @throws DomainError `not_found`, `gone`, `unavailable`, `too_many_requests`
   */
  async confirm(token: string, request: FastifyRequest): Promise<string> {
    const address = senderAddress(request, this.config.TRUSTED_PROXIES);
    const waitMs = this.ofAddress.take(`confirm ${address}`, RATES.per_address_per_minute, performance.now());
    if (waitMs > 0) throw tooMany(waitMs);
    const [id, secret] = token.split('~');
    const tenant = secret && isTenantId(id) ? await this.directory.findTenant(id) : null;
    if (!tenant) throw DomainError.notFound('Confirmation');
    const { correlation_id, traceparent } = request.scope;
    const { submission_id } = await this.requester.ask(
      ConfirmSubmission, { tenant, token: secret, correlation_id, ...(traceparent ? { traceparent } : {}) });
    return submission_id;
  }

  /** Lets no more come by a form than its owner wants. @throws DomainError `too_many_requests` */
  limit({ id, settings }: EdgeInlet, request: FastifyRequest): void {
    const { rates } = settings as FormSettings;
    const now = performance.now();
    const address = senderAddress(request, this.config.TRUSTED_PROXIES);
    const waitMs = this.ofAddress.take(`${id} ${address}`, rates?.per_address_per_minute ?? RATES.per_address_per_minute, now)
      || this.ofForm.take(String(id), rates?.per_minute ?? RATES.per_minute, now);
    if (waitMs > 0) throw tooMany(waitMs);
  }

  private held({ double_opt_in }: FormSettings, tenant: TenantSettings, spam: string | null): Pick<ReadByInlet, 'quarantine' | 'confirmation'> {
    if (spam) return { quarantine: { code: 'spam', because: spam } };
    if (!double_opt_in) return {};
    return {
      quarantine: { code: 'unconfirmed', because: 'the sender has not followed the link in the mail' },
      confirmation: {
        link: `${this.config.PUBLIC_URL ?? ''}/f/confirm/${tenant.id}~`, lifetime_hours: double_opt_in.lifetime_hours ?? LIFETIME_HOURS,
        text: double_opt_in.text ?? null,
      },
    };
  }
}

/** A form that begins with nurturing isn't somebody who asks for contact. */
function fromSettings({ country, defaults }: FormSettings): Partial<ReadByInlet> {
  return {
    ...(country ? { phone_country: country.toUpperCase() } : {}),
    ...(defaults?.entry_status === 'nurturing' ? { entry_status: 'nurturing', raised_hand: false } : {}),
    ...(defaults?.routing_hint ? { routing_hint: defaults.routing_hint } : {}),
  };
}

/** As it came, but for what differs at each click. */
function rawOf({ fields, contentType }: SentFields): { content_type: string; body: unknown } {
  return { content_type: contentType, body: Object.fromEntries(Object.entries(fields).filter(([name]) => !OF_THE_CLICK.test(name))) };
}

const OF_THE_CLICK = /^(hw_made_at|hw_elapsed|captcha_settings|(g-recaptcha|h-captcha|cf-turnstile)-response)$/;

const wishIn = (fields: Record<string, unknown>): unknown => fields[Object.keys(fields).find((name) => name.toLowerCase() === 'returl') ?? ''];

function keyed({ id }: EdgeInlet, { headers, method, routeOptions }: FastifyRequest, sent: SentFields): Pick<ReadByInlet, 'idempotency'> {
  const idempotency = idempotencyOf({
    key: headers['idempotency-key'], actor: { kind: 'form', id: `form ${id}` }, method, route: routeOptions.url ?? '', params: {}, body: rawOf(sent).body,
  });
  return idempotency ? { idempotency } : {};
}
