import type { IntakeState, LeadScoreView } from '@headwater/contracts';
import type { Facts, FieldCatalogue } from '@headwater/rules';

/** What a gate may ask of a lead, to find the segment that it is in; `custom_fields.<key>` needs no declaration. */
export const SEGMENT_FIELDS: FieldCatalogue = {
  company_name: 'text', job_title: 'text', industry: 'text', annual_revenue: 'number', employees: 'number', website: 'text', company_domain: 'text',
  email_kind: 'text', email_valid: 'boolean', phone_valid: 'boolean', budget: 'text', timeline: 'text', estimated_value: 'number',
  currency: 'text', probability: 'number', city: 'text', state: 'text', postal_code: 'text', country: 'text', tags: 'text_list',
  source: 'text', channel: 'text', entry: 'text', campaign: 'text', created_at: 'date',
  'score.total': 'number', 'score.behavioral': 'number', 'score.demographic': 'number', 'score.grade': 'text', 'score.temperature': 'text',
};

/** What the conditions of a gate may ask besides. An element is its status. */
export const gateFields = (elements: readonly string[]): FieldCatalogue => ({
  ...SEGMENT_FIELDS, 'assessment.score': 'number', 'assessment.verdict': 'text',
  ...Object.fromEntries(elements.map((element) => [`assessment.${element}`, 'text' as const])),
});

/** Everything that is asked but the assessment. @param score null while there is none: then what is asked of it is missing */
export function segmentFacts({ profile, facts, attribution, created_at }: IntakeState, score: LeadScoreView | null): Facts {
  return {
    ...profile, ...facts, ...attribution, created_at,
    ...(score ? {
      score: {
        total: score.total_score, behavioral: score.behavioral_score, demographic: score.demographic_score,
        grade: score.grade, temperature: score.temperature,
      },
    } : {}),
  };
}
