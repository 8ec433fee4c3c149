import type { Account, Contact, Customer } from '../conversion-records';
import type { ErrorBody } from '../domain-error';
import type { Contribution, ConvertedInto, IntakeState, QualificationState, RoutingState, ScoringState, Transition } from '../lead';
import { defineRequest } from '../request';
import type { DisqualificationReason } from '../vocabulary';
import type { AssessmentSummary } from './assessments';
import type { Touch } from './intake';
import type { ExplainedReview } from './matching';
import type { RepView } from './routing';

/** What conversion asks of a lead's other owners, for as many leads as convert at once: a request belongs to none of them. */

export interface LeadAt { tenant: string; lead_id: number }

/** What somebody has decided about a lead, and what is known of its budget, authority, need and timeline, or by another framework. */
export interface AssessmentView {
  id: number;
  qualified: boolean;
  reason: DisqualificationReason | null;
  notes: string | null;
  by: string;
  at: string;
  /** where it stood when somebody judged it last, be it later; null where nobody has judged it by a framework */
  summary?: AssessmentSummary | null;
}
export type ReservedLead =
  | { ok: true; qualification: QualificationState; transitions: Transition[]; assessment: AssessmentView | null }
  | { ok: false; refusal: ErrorBody };
/** As `ReserveLead`, each for itself; with the latest assessment of each. One that has another revision than is expected is refused. */
export const ReserveLeadsToConvert = defineRequest<
  { items: (LeadAt & { token: string; lease_seconds: number; expected_revision?: number })[] }, { results: ReservedLead[] }
>('qualification', 'reserve_leads_to_convert');

export type KeyTouch = Pick<
  Touch, 'submission_id' | 'at' | 'entry' | 'inlet' | 'channel' | 'source' | 'campaign' | 'utm' | 'click_ids' | 'page_url' | 'referrer'
>;

/** A touch as it is kept with an opportunity for ever: which it was, not what it brought along. */
export type BriefTouch = Pick<KeyTouch, 'submission_id' | 'at' | 'entry' | 'channel' | 'source' | 'campaign'>;
/** The touches that attribution goes by, of a lead and of all that were merged into it; null where there is none. */
export interface LeadTouches {
  /** by its own time, however late it was taken in */
  first: KeyTouch | null;
  last: KeyTouch | null;
  /** that the lead was made of */
  made_lead: KeyTouch | null;
  /** the newest, oldest first, with the very first */
  list: BriefTouch[];
  /** of all that there are */
  count: number;
}
export interface IntakeFacts {
  lead: IntakeState;
  /** where a merged lead went */
  primary_id: number | null;
  touches: LeadTouches;
  /** open duplicate reviews, the likeliest first */
  reviews: ExplainedReview[];
}
/** In the order asked; null for a lead that there is not. @param touches, reviews how many are told of at most */
export const DescribeLeadsToConvert = defineRequest<
  { items: LeadAt[]; touches: number; reviews: number }, { facts: (IntakeFacts | null)[] }
>('intake', 'describe_leads_to_convert');

export interface ScoringFacts { score: ScoringState; contributions: Contribution[] }
export const ExplainScoresToConvert =
  defineRequest<{ items: LeadAt[] }, { facts: (ScoringFacts | null)[] }>('scoring', 'explain_scores_to_convert');

/** When somebody was given a lead, and why. */
export interface OwnerSince { id: number; name: string; at: string; cause: string }
export interface RoutingFacts {
  assignment: RoutingState | null;
  /** who the owner is */
  owner: RepView | null;
  /** who the user is that was asked for; null for one that is no rep */
  rep: RepView | null;
  /** all owners by decisions, oldest first */
  owners: OwnerSince[];
}
export const DescribeOwnersToConvert = defineRequest<
  { items: (LeadAt & { user_id: string | null })[] }, { facts: RoutingFacts[] }
>('routing', 'describe_owners_to_convert');

export interface LeadConvertedInto extends LeadAt {
  converted: ConvertedInto;
  /** ids of the events that tell the same a moment later, where they are known: who has done what is told here needn't handle them */
  events?: string[];
}
/** What intake keeps of the records that were made or changed; see the events of each. */
export interface RecordsTold {
  account?: Pick<Account, 'id' | 'name' | 'domain' | 'owner_id'> & { revision: number };
  contact?: Pick<Contact, 'id' | 'account_id' | 'email'> & { revision: number };
  customer?: Pick<Customer, 'contact_id' | 'account_id' | 'owner_id'> & { revision: number };
}
type Told = Record<string, never>;
export interface GivenUp extends LeadAt { token: string }
/** Ends reservations whose conversions are done, and those of conversions that come to nothing: `SettleLead` of several. */
export const SettleConvertedLeads = defineRequest<
  { items: (LeadConvertedInto & { token: string; actor: string })[]; aborted?: GivenUp[] }, Told
>('qualification', 'settle_converted_leads');
export const LockConvertedLeads = defineRequest<{ items: (LeadConvertedInto & { records?: RecordsTold })[] }, Told>('intake', 'lock_converted_leads');
export const LockConvertedScores = defineRequest<{ items: LeadConvertedInto[] }, Told>('scoring', 'lock_converted_scores');
export const LockConvertedAssignments = defineRequest<{ items: LeadConvertedInto[] }, Told>('routing', 'lock_converted_assignments');
