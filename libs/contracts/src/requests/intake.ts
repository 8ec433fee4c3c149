import type { Actor, Context, Idempotency, TenantSettings } from '../context';
import type { ErrorBody, Warning } from '../domain-error';
import type { ConvertedInto, CreateLead, IntakeState, LeadProfile } from '../lead';
import type { Lane } from '../event';
import { defineRequest } from '../request';
import type { Entry, Verdict } from '../vocabulary';

/** One submission, as the edge hands it over. Items of one request may belong to different tenants and callers. */
export interface CaptureItem {
  /** UUIDv7, minted at the edge: the name of this submission, whatever way it takes */
  submission_id: string;
  received_at: string;
  tenant: string;
  actor: Actor;
  /** an anonymous sender fills only empty fields */
  anonymous: boolean;
  entry: Entry;
  lead: CreateLead;
  idempotency?: Idempotency;
  correlation_id: string;
  traceparent?: string;
  /** it came by the spool, perhaps late: it fills only empty fields, unless its sender wanted it so (`deferred`) */
  spooled?: boolean;
  /** its sender asked for an answer before it is taken in: by the spool, it has the effect of one that came directly */
  deferred?: boolean;
  /** it fills only empty fields, though its sender may do more */
  fills_only?: boolean;
  /** the form, connector or import that it came by; absent for what the API took */
  inlet?: Inlet;
  /** the body as it came, where that isn't the lead itself */
  raw?: RawBody;
  /** where the events go that follow from it; live when absent */
  lane?: Lane;
  /** whether the person asked for contact; when absent, everybody did but a row of an import */
  raised_hand?: boolean;
  /** what scoring counts it as; a form is a `form_submission`, and what comes by other ways nothing, when absent */
  signal?: string;
  /** where the lead begins, if it is new; `new` when absent */
  entry_status?: 'nurturing';
  /** for rules of routing */
  routing_hint?: string;
  /** ISO 3166-1 alpha-2, of phone numbers without a country, where the lead has none either */
  phone_country?: string;
  /** UUID by which its sender's repetitions are known: whatever comes under the same one is the same submission */
  delivery?: string;
  /** the tenant's settings, for what intake takes in by itself later */
  settings?: TenantSettings;
  /** keep it in the log, and make no lead of it until somebody releases it */
  quarantine?: SetAsideReason;
  /** with `quarantine`: it is released by who follows the link in the mail that is asked for */
  confirmation?: Confirmation;
  /** it is no lead: keep it in the log, and no more */
  rejected?: SetAsideReason;
}

/** A way in that a tenant has set up. */
export interface Inlet { kind: 'form' | 'connector' | 'import'; id: number }

/** A body as it came: JSON as a document, the fields of a form as an object, everything else as text. */
export interface RawBody { content_type: string; body: unknown }

/** How the sender is asked to confirm what came. */
export interface Confirmation {
  /** the link in the mail, up to the token, which only the mail has */
  link: string;
  /** hours for which the link is good */
  lifetime_hours: number;
  /** what the mail says */
  text: string | null;
}

/** Why a submission makes no lead: a word for programs, and a sentence for people. */
export interface SetAsideReason { code: string; because: string }

/** A submission as it waits on the spool: with all that intake needs to take it in. */
export interface SpooledSubmission {
  item: CaptureItem;
  tenant: TenantSettings;
}

export interface CaptureAnswer {
  /** of the submission that got this answer first */
  submission_id: string;
  verdict: Verdict;
  /** why this verdict, in a sentence */
  because: string;
  /** null when it was quarantined or rejected */
  lead: IntakeState | null;
  warnings?: Warning[];
}

export type CaptureResult = { ok: true; answer: CaptureAnswer } | { ok: false; error: ErrorBody };

/** Takes in up to 64 submissions in one transaction; results in the order of the items. */
export const CaptureLeads =
  defineRequest<{ items: CaptureItem[]; tenants: Record<string, TenantSettings> }, { results: CaptureResult[] }>(
    'intake', 'capture_leads');

/** What became of a submission. `pending`: accepted, and not taken in yet. */
export type SubmissionState =
  | { state: 'pending' }
  /** `lead_id` is null, and `code` says why, when it was quarantined or rejected */
  | { state: 'done'; verdict: Verdict; because: string; lead_id: number | null; code?: string };

/** The leads among `ids` that exist in the tenant. Services ask this for ids that they don't know yet. */
export const GetLeads = defineRequest<
  { tenant: string; ids: number[] },
  {
    leads: IntakeState[];
    /** where those that are merged went in the end; absent when none is */
    primaries?: { lead_id: number; primary_id: number }[];
  }
>('intake', 'get_leads');

export const LEAD_SORTS = ['created_at', '-created_at', 'updated_at', '-updated_at', 'id', '-id'] as const;
export type LeadSort = (typeof LEAD_SORTS)[number];

export interface LeadFilter {
  email?: string;
  phone?: string;
  source?: string;
  company_name?: string;
  campaign?: string;
  /** whether the lead was converted */
  converted?: boolean;
}

export const ListLeads = defineRequest<
  { context: Context; filter: LeadFilter; sort: LeadSort; cursor?: string; limit: number },
  { leads: IntakeState[]; next_cursor: string | null }
>('intake', 'list_leads');

/** What intake owns of a PATCH. Absent fields stay, null empties. */
export type IntakePatch = LeadProfile & { source?: string | null; campaign?: string | null; notes?: string | null };

export const UpdateLead = defineRequest<
  {
    context: Context;
    /** UUID; a repetition of the same command changes nothing more */
    command_id: string;
    lead_id: number;
    patch: IntakePatch;
    /** refused with `precondition_failed` when intake's revision of the lead is another */
    expected_revision?: number;
    /** check, write nothing */
    validate_only?: boolean;
  },
  { lead: IntakeState; warnings?: Warning[] }
>('intake', 'update_lead');

/** Conversion tells it before it answers; the event `lead.converted` says the same later. */
export const LockLead = defineRequest<
  { tenant: string; lead_id: number; converted: ConvertedInto }, Record<string, never>
>('intake', 'lock_lead');

export interface Note { id: string; text: string; author: string; cause: string; at: string }
export const ListNotes =
  defineRequest<{ context: Context; lead_id: number; limit: number }, { notes: Note[] }>('intake', 'list_notes');

/** One submission that reached a lead, and where it came from. */
export interface Touch {
  id: number;
  /** the lead that it was born with: that one may have been merged into the one that was asked for */
  lead_id: number;
  submission_id: string;
  at: string;
  entry: Entry;
  /** the form, connector or import that it came by; null for what the API took */
  inlet: Inlet | null;
  channel: string;
  /** name of the rule that decided the channel; null when none did, and in touches from before channel tables */
  channel_rule: string | null;
  /** of the channel table; 0 is the one that every tenant begins with */
  channel_version: number | null;
  source: string | null;
  source_raw: string | null;
  campaign: string | null;
  /** what the submission called the campaign, where that isn't its code */
  campaign_raw: string | null;
  utm: object | null;
  click_ids: object | null;
  page_url: string | null;
  referrer: string | null;
  verdict: Verdict;
  because: string;
  is_first: boolean;
  is_last: boolean;
  /** whether the lead was made of it */
  made_lead: boolean;
}
export const ListTouches = defineRequest<
  { context: Context; lead_id: number; cursor?: string; limit: number }, { touches: Touch[]; next_cursor: string | null }
>('intake', 'list_touches');
