import type { DriftRule } from '@headwater/contracts';
import type { Condition } from '@headwater/rules';

/** The ways in which models score. One that learns from outcomes will be another kind (`lead_feature`, `lead_outcome`). */
export const MODEL_KINDS = ['rules'] as const;

/**
 * How a tenant scores its leads: a document, kept in versions that never change. Points are points (up to two decimals,
 * negative ones allowed); each part is kept within 0 to 50 whatever they sum to.
 */
export interface ScoringModel {
  readonly name: string;
  /** how it comes to its points: by rules, which is also meant when absent */
  readonly kind?: (typeof MODEL_KINDS)[number] | null;
  /** the leads that it scores; all that no segment has when absent */
  readonly segment?: Segment | null;
  /** conditions that others may name: `{ "condition": "dach" }` holds where this one does */
  readonly conditions?: readonly NamedCondition[] | null;
  /** when the audit says that it foretells less than it did; see `DEFAULT_DRIFT` */
  readonly drift?: DriftRule | null;
  readonly demographic: DemographicRules;
  readonly behavioral: BehavioralRules;
  readonly bands: Bands;
}

/** A condition of libs/rules, in which one of the model's own may be named wherever a condition may stand. */
export type ModelCondition = Condition | { readonly condition: string };

export interface NamedCondition { readonly name: string; readonly when: ModelCondition }

/** Leads that are scored by a model of their own: the first that has a lead, by priority from 0 on, scores it. */
export interface Segment { readonly name: string; readonly when: ModelCondition; readonly priority: number }

/** Fit: who the lead is. What nobody knows scores nothing. */
export interface DemographicRules {
  /** the better of the two counts, or their sum */
  readonly company_size: { readonly employees: readonly SizeBand[]; readonly annual_revenue: readonly SizeBand[]; readonly combine?: 'better' | 'sum' | null };
  readonly industry: { readonly tiers: readonly IndustryTier[]; readonly other: number };
  /**
   * the first level that has a word of the job title; the same level may stand twice, to order its words. `*leiter` is what words may end in,
   * as in languages that write several as one
   */
  readonly seniority: { readonly levels: readonly SeniorityLevel[]; readonly other: number };
  /** the same for where somebody works */
  readonly department?: { readonly departments: readonly Department[]; readonly other: number } | null;
  readonly email: Readonly<Record<EmailQuality, number>> & { readonly no_mx?: number | null };
  /** `mobile` comes on top where the mobile number is valid */
  readonly phone: { readonly valid: number; readonly invalid: number; readonly mobile?: number | null };
  /** a region goes before the tier of its country */
  readonly geography: { readonly regions?: readonly Region[] | null; readonly tiers: readonly CountryTier[]; readonly elsewhere: number };
  /** anything else, over any field; every one that holds counts */
  readonly rules: readonly FitRule[];
}

export const EMAIL_QUALITIES = ['business', 'free', 'role', 'disposable', 'invalid'] as const;
export type EmailQuality = (typeof EMAIL_QUALITIES)[number];

/** Holds from `at_least` up to the next band. */
export interface SizeBand { readonly at_least: number; readonly points: number }
export interface IndustryTier { readonly name: string; readonly industries: readonly string[]; readonly points: number }
export interface SeniorityLevel { readonly level: string; readonly words: readonly string[]; readonly points: number }
export interface Department { readonly department: string; readonly words: readonly string[]; readonly points: number }
export interface CountryTier { readonly name: string; readonly countries: readonly string[]; readonly points: number }
/** States as leads have them, in any case: `CA` and `California` are two. */
export interface Region { readonly name: string; readonly country: string; readonly states: readonly string[]; readonly points: number }

/** Its points where its condition holds, or those of the first of its tiers that does. */
export type FitRule = SingleRule | TieredRule;
export interface SingleRule { readonly name: string; readonly when: ModelCondition; readonly points: number }
export interface TieredRule { readonly name: string; readonly tiers: readonly RuleTier[] }
export interface RuleTier { readonly when: ModelCondition; readonly points: number }

/** Engagement: what the lead did. */
export interface BehavioralRules {
  /** the signals of a group together never count for more than its cap */
  readonly groups: readonly SignalGroup[];
  readonly signals: readonly SignalRule[];
  /** IANA name: whose days, weeks and months the periods of rules are; UTC's when absent. Of the model, so that scores stay what they were when a tenant moves */
  readonly time_zone?: string | null;
}

export interface SignalGroup { readonly name: string; readonly cap: number }
export interface SignalRule {
  readonly signal: string;
  readonly group: string;
  readonly points: number;
  /** after that many days a signal counts half, after twice that a quarter */
  readonly half_life_days: number;
  /** which of its signals count; all of them when absent */
  readonly repeat?: Repeat | null;
  /** what those of one period count for at most, as they happen and before they fade; any number when absent */
  readonly cap?: PeriodCap | null;
}

/** Those of the model's time zone; weeks begin on Mondays. */
export const PERIODS = ['hour', 'day', 'week', 'month'] as const;
export type Period = (typeof PERIODS)[number];
export interface PeriodCap { readonly points: number; readonly per: Period }

export const REPEATS = ['every', 'first_only', 'once_per_hour', 'once_per_day', 'once_per_week', 'once_per_month'] as const;
export type Repeat = (typeof REPEATS)[number];

/** Lowest total of each band. */
export interface Bands {
  readonly grades: Readonly<Record<'A' | 'B' | 'C' | 'D', number>>;
  readonly temperatures: Readonly<Record<'hot' | 'warm', number>>;
  /** a temperature is left only that many points below the bound at which it was entered */
  readonly hysteresis: number;
  readonly mql: number;
  /** stars from which a lead is hot whatever its score */
  readonly hot_rating: number;
}
