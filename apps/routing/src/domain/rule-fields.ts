import type { IntakeState, ScoringState } from '@headwater/contracts';
import type { FieldCatalogue } from '@headwater/rules';

/** The fields that a routing rule may ask for; `custom_fields.<key>` needs no declaration. */
export const RULE_FIELDS: FieldCatalogue = {
  company_name: 'text',
  job_title: 'text',
  industry: 'text',
  annual_revenue: 'number',
  employees: 'number',
  country: 'text',
  state: 'text',
  postal_code: 'text',
  source: 'text',
  channel: 'text',
  entry: 'text',
  campaign: 'text',
  routing_hint: 'text',
  tags: 'text_list',
  company_domain: 'text',
  'territory.name': 'text',
  'territory.path': 'text_list',
  'territory.by': 'text',
  'score.total': 'number',
  'score.grade': 'text',
  'score.temperature': 'text',
  'score.is_hot': 'boolean',
  'score.mql': 'boolean',
};

/** What rules see of a lead's profile: kept here, so that a lead can be routed later from what was known. */
export type LeadFacts = Readonly<Record<string, unknown>>;

/** What rules see of a lead's score. */
export interface ScoreFacts {
  /** 0-100 */
  readonly total: number;
  readonly grade: string;
  readonly temperature: string;
  readonly is_hot: boolean;
  readonly mql: boolean;
}

/** By itself, or by what makes a lead hot whatever its score is. */
export const isHot = (score: ScoreFacts | null): boolean => score !== null && (score.is_hot || score.temperature === 'hot');

/** Kept of a lead: its score comes from elsewhere, and where it belongs is found out anew each time. */
const LEAD_FIELDS = [...Object.keys(RULE_FIELDS).filter((field) => !/^(score|territory)\./.test(field)), 'custom_fields'];

export function leadFacts({ profile, facts, attribution, account, enrichment_pending }: IntakeState): LeadFacts {
  const known: LeadFacts = { ...profile, ...attribution, company_domain: facts.company_domain };
  return { ...Object.fromEntries(LEAD_FIELDS.map((field) => [field, known[field]])), ...(account ? { account } : {}), ...(enrichment_pending ? { enrichment_pending } : {}) };
}

export const scoreFacts = ({ effective, is_hot, mql }: ScoringState): ScoreFacts =>
  ({ total: effective.total_score, grade: effective.grade, temperature: effective.temperature, is_hot, mql });
