import type { IntakeState, LeadScoreView } from '@headwater/contracts';
import type { Facts, FieldCatalogue } from '@headwater/rules';

/** What conditions may ask of a lead's score. */
export const SCORE_FIELDS: FieldCatalogue = {
  'score.total': 'number', 'score.behavioral': 'number', 'score.demographic': 'number', 'score.grade': 'text', 'score.temperature': 'text',
};

/** What conditions may ask of a lead: those of gates and of nurture rules; `custom_fields.<key>` needs no declaration. */
export const LEAD_FIELDS: FieldCatalogue = {
  company_name: 'text', job_title: 'text', industry: 'text', annual_revenue: 'number', employees: 'number', website: 'text', company_domain: 'text',
  email_kind: 'text', email_valid: 'boolean', phone_valid: 'boolean', budget: 'text', timeline: 'text', estimated_value: 'number',
  currency: 'text', probability: 'number', city: 'text', state: 'text', postal_code: 'text', country: 'text', tags: 'text_list',
  source: 'text', channel: 'text', entry: 'text', campaign: 'text', created_at: 'date', ...SCORE_FIELDS,
};

/** What intake knows of a lead. */
export const leadFacts = ({ profile, facts, attribution, created_at }: IntakeState): Facts => ({ ...profile, ...facts, ...attribution, created_at });

/** @param score null while there is none: then what is asked of it is missing */
export const scoreFacts = (score: LeadScoreView | null): Facts => ({
  score: score && {
    total: score.total_score, behavioral: score.behavioral_score, demographic: score.demographic_score, grade: score.grade, temperature: score.temperature,
  },
});
