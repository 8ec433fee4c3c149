import type {
  Attribution, AwarenessStage, BantDimension, CitedFact, Contribution, DisqualificationReason, ElementStatus, LeadFacts, LeadProfile, LeadScoreView, LifecycleStage, SlaState, Status,
} from '@headwater/contracts';

/** Fields of a lead that answers are made of, by who keeps them at intake; no other leaves the service, not to a model either. */
export const PROFILE_FIELDS = [
  'salutation', 'first_name', 'last_name', 'full_name', 'company_name', 'job_title', 'industry', 'annual_revenue', 'employees', 'email', 'phone', 'mobile', 'budget',
  'timeline', 'estimated_value', 'currency', 'city', 'country', 'description', 'email_opt_out', 'do_not_call',
] as const;
export const FACT_FIELDS = ['email_valid', 'phone_valid', 'mobile_valid'] as const;
export const ATTRIBUTION_FIELDS = ['source', 'channel', 'campaign'] as const;

/** What a lead's fields say, as intake keeps them. */
export type LeadFields = Pick<LeadProfile, (typeof PROFILE_FIELDS)[number]> & Pick<LeadFacts, (typeof FACT_FIELDS)[number]>
  & Partial<Pick<Attribution, (typeof ATTRIBUTION_FIELDS)[number]>>;

/**
 * @property at RFC 3339, where the tenant is: days that a note names are meant from there
 * @property dismissed what it was read to say, and somebody has dismissed
 */
export interface RecordNote { id: string; text: string; at: string; dismissed: readonly BantDimension[] }

export interface ScoreFacts extends LeadScoreView {
  is_hot: boolean;
  hot_reasons: readonly string[];
  rating: number | null;
  mql: boolean;
  contributions: readonly Contribution[];
}

export interface RoutingFacts {
  owner: string | null;
  next_follow_up: string | null;
  /** the newest clock of its first response */
  sla: { state: SlaState; due_at: string | null } | null;
}

export interface StandingFacts {
  status: Status;
  lifecycle_stage: LifecycleStage;
  disqualification_reason: DisqualificationReason | null;
  first_contacted_at: string | null;
  /** attempts to reach the person that failed, since one succeeded last */
  failed_attempts: number;
  /** how far it is, while it is nurtured */
  awareness: AwarenessStage | null;
}

/** What people have found out of a dimension. */
export interface Assessed {
  status: ElementStatus;
  value: string | null;
  /** the words that it rests on */
  evidence: string | null;
  by: string | null;
  /** what was found out is that it is not there: no money, no need */
  denied: boolean;
}

/** All that an answer is made of: what the owners know of a lead at one moment. */
export interface LeadRecord {
  lead_id: number;
  /** RFC 3339, PostgreSQL's time */
  now: string;
  /** YYYY-MM-DD, where the tenant is */
  today: string;
  lead: LeadFields;
  /** the newest first */
  notes: readonly RecordNote[];
  score: ScoreFacts;
  routing: RoutingFacts;
  standing: StandingFacts;
  assessment: Partial<Record<BantDimension, Assessed>>;
}

export type Fact = CitedFact & { value: string | number | boolean | null };

type Named = 'lead' | 'score' | 'routing' | 'standing';
type Plain<Part> = { [Key in keyof Part]: Part[Key] extends string | number | boolean | null | undefined ? Key : never }[keyof Part];

/** A field of the record, as it is cited. An absent one is null. */
export function factOf<Part extends Named, Key extends Plain<Required<LeadRecord[Part]>>>(record: LeadRecord, part: Part, key: Key): Fact {
  const value = (record[part] as unknown as Record<string, Fact['value'] | undefined>)[key as string];
  return { field: `${part}.${String(key)}`, value: value ?? null };
}

export const isThere = ({ value }: Fact): boolean => value !== null && value !== '';

export const contributionFact = ({ rule, because }: Contribution): Fact => ({ field: `score.contributions.${rule}`, value: because });
