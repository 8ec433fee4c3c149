import type { Idempotency } from '../context';
import type { ErrorBody, Warning } from '../domain-error';
import { Id, Instant, NestedList, Pattern, Properties, Text } from '../field';
import { defineRequest } from '../request';

/** What the default model knows; any other name in the same form is a signal of the tenant's own. */
export const SIGNAL_TYPES = [
  'web_visit', 'pricing_view', 'content_download', 'webinar', 'demo_request', 'email_open', 'email_click', 'email_reply',
  'form_submission', 'inbound_email', 'call', 'meeting', 'unsubscribe',
] as const;

/** Says whose a cookie is, and is no sign of interest itself. */
export const IDENTIFY = 'identify';

export const MOST_EVENTS_OF_A_BATCH = 1_000;
export const MOST_EVENTS_OF_A_PAGE = 50;

const TYPE = /^[a-z][a-z0-9_]{0,59}$/;

/** Something that a person did. */
export class LeadEvent {
  @Pattern(TYPE, 60, {
    required: true, example: 'pricing_view',
    description: `${SIGNAL_TYPES.join(', ')}, or a name of your own in lower_snake_case, which scores once the scoring model has a rule for it`,
  }) type: string;
  @Text(100, { description: 'names it: the same one again counts nothing more. Made of the `Idempotency-Key`, or by us, when absent', example: 'hit-20260302-77' })
  id?: string | null;
  @Instant({ description: 'when it happened; now when absent' }) at?: string | null;
  @Properties(20, 200, { description: 'what else you know of it; at most 20', example: { page: '/pricing' } })
  properties?: Record<string, string | number | boolean | null> | null;
}

/** The same, of somebody who is named in one way or another: by the first of these that is there. */
export class PersonEvent extends LeadEvent {
  @Id({ description: 'the lead', example: 1_234 }) lead_id?: number | null;
  @Text(200, { description: "the sender's own id of this person, as sent with a lead" }) external_id?: string | null;
  @Text(100, { description: 'whose id `external_id` is: the id of an API key, or `connector 21`; the one who asks when absent' }) sender?: string | null;
  @Text(320, { example: 'sarah.johnson@techcorp.com' }) email?: string | null;
  @Text(100, { description: 'cookie of a browser: whose it is says a form that carried it, or the event `identify`', example: '0b9f6f0e-visitor' })
  visitor_id?: string | null;
}

/** Body of `POST /leads/{id}/events` with several. */
export class LeadEvents {
  @NestedList(() => LeadEvent, MOST_EVENTS_OF_A_BATCH, { required: true, description: 'each counts, or is refused, by itself' }) events: LeadEvent[];
}

/** Body of `POST /events` with several. */
export class PersonEvents {
  @NestedList(() => PersonEvent, MOST_EVENTS_OF_A_BATCH, { required: true, description: 'each counts, or is refused, by itself' }) events: PersonEvent[];
}

/** Something that a browser saw, now: clocks of browsers are anybody's. */
export class PageEvent {
  @Pattern(TYPE, 60, { required: true, example: 'web_visit', description: 'what a page can see: web_visit, pricing_view, content_download, webinar, demo_request, or a name of your own' })
  type: string;
  @Text(100, { description: 'names it: the same one again counts nothing more' }) id?: string | null;
  @Text(100, { required: true, description: 'cookie of the browser', example: '0b9f6f0e-visitor' }) visitor_id: string;
  @Properties(20, 200, { example: { page: '/pricing' } }) properties?: Record<string, string | number | boolean | null> | null;
}

/** Body of `POST /f/{key}/events`. */
export class PageEvents {
  @NestedList(() => PageEvent, MOST_EVENTS_OF_A_PAGE, { required: true }) events: PageEvent[];
}

/** One signal, as the edge hands it over. Items of one request may belong to different tenants and callers. */
export interface SignalItem extends Omit<PersonEvent, 'id' | 'sender'> {
  tenant: string;
  id: string;
  /** whose id `external_id` is */
  sender: string;
  /** of the request that it came with */
  idempotency?: Idempotency;
  correlation_id: string;
  traceparent?: string;
}

export const SIGNAL_STATES = ['counted', 'repeated', 'waiting'] as const;
/** `counted`: it is the lead's. `repeated`: it was there already. `waiting`: for somebody who is not known yet. */
export type SignalState = (typeof SIGNAL_STATES)[number];

export type SignalResult =
  | { ok: true; state: SignalState; lead_id: number | null; warnings?: Warning[] }
  | { ok: false; error: ErrorBody };

/** It holds the leads that it is about until all is written: of larger ones any two would have leads in common, and wait for each other. */
export const MOST_SIGNALS_OF_A_REQUEST = 150;

/** Takes signals in, in one transaction, and scores their leads; results in the order of the items. */
export const TakeSignals = defineRequest<{ items: SignalItem[] }, { results: SignalResult[] }>('scoring', 'take_signals');
