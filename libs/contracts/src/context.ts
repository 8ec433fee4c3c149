import type { RaisedHands, Scope } from './vocabulary';

/** Who acts: a person (JWT subject), an API key, a public form, a connector to another system, or the system itself. */
export interface Actor {
  kind: 'user' | 'api_key' | 'form' | 'connector' | 'system';
  id: string;
  name?: string;
  email?: string;
}

/** What a service needs to know of a tenant to serve one of its requests; owned by the gateway. */
export interface TenantSettings {
  id: string;
  /** ISO 4217 */
  currency: string;
  /** IANA name; dates without a zone are meant in it */
  time_zone: string;
  /** values that the tenant added to the built-in lists */
  picklists: { industries: string[]; sources: string[] };
  policies: TenantPolicies;
}

export interface TenantPolicies {
  /** when true, an unowned lead can't be converted by somebody who is no rep (409 `owner_required`) */
  require_owner?: boolean;
  /** stage and close date of a deal that a lead is converted with have to be said */
  strict_opportunity_fields?: boolean;
  /** when true, a lead with an open duplicate review can't be converted (409 `duplicates_pending`) */
  require_settled_duplicates?: boolean;
  /** when false, `qualify` on a new lead is refused instead of writing new → contacted → qualified */
  allow_implied_contact?: boolean;
  /** after how many failed contact attempts a lead is disqualified as `unreachable`; absent: only suggested, after three */
  disqualify_after_attempts?: number;
  /** what a raised hand does to a disqualified or nurtured lead: `reopen` when absent */
  raised_hands?: RaisedHands;
  /** when true, leads whose e-mail can't be written to are refused: 422 at the API; from forms, vendors and files they are `rejected` */
  refuse_invalid_email?: boolean;
  /** the same for mailboxes that are thrown away */
  refuse_disposable_email?: boolean;
  /** the same for those that anybody may have */
  refuse_free_email?: boolean;
}

/** Names an attempt, so that a repetition gets the stored first answer. */
export interface Idempotency {
  /** caller, method and route: the same key means something else elsewhere */
  scope: string;
  key: string;
  /** SHA-256 of the canonical body */
  hash: string;
}

/** Travels with every command and query, and becomes the cause of the events that follow from it. */
export interface Context {
  tenant: TenantSettings;
  actor: Actor;
  scopes: Scope[];
  correlation_id: string;
  /** W3C trace context */
  traceparent?: string;
  idempotency?: Idempotency;
}
