import type { Context } from '../context';
import { defineRequest } from '../request';
import type { Entry } from '../vocabulary';
import type { Inlet } from './intake';

/** What a person may be known to want, or not to want. */
export const CONSENT_FIELDS = ['consent', 'email_opt_out', 'do_not_call'] as const;
export type ConsentField = (typeof CONSENT_FIELDS)[number];

/** What was said once, by the person or for them. What holds now stands on the lead: an opt-out until a person takes it back. */
export interface ConsentStatement {
  /** when it was recorded */
  at: string;
  field: ConsentField;
  /** false: consent withdrawn, opt-out taken back */
  value: boolean;
  /** of a consent: which text, when and where it was agreed to */
  text_version: string | null;
  text: string | null;
  agreed_at: string | null;
  origin: string | null;
  /** when the person followed the link in the mail to them */
  confirmed_at: string | null;
  /** null for an edit */
  submission_id: string | null;
  entry: Entry | null;
  inlet: Inlet | null;
  /** kind and id of who sent or edited it: `form:7`, `user:priya.nair` */
  by: string;
}

/** Newest first. */
export const ListConsents =
  defineRequest<{ context: Context; lead_id: number; limit: number }, { consents: ConsentStatement[] }>('intake', 'list_consents');
