import type { IntakeState, LeadScoreView } from '@headwater/contracts';
import type { Facts, FieldCatalogue } from '@headwater/rules';
import { LEAD_FIELDS, leadFacts, scoreFacts } from '../lead-facts';

/** What the conditions of a gate may ask: of the lead, as segments do, and of the assessment. An element is its status. */
export const gateFields = (elements: readonly string[]): FieldCatalogue => ({
  ...LEAD_FIELDS, 'assessment.score': 'number', 'assessment.verdict': 'text',
  ...Object.fromEntries(elements.map((element) => [`assessment.${element}`, 'text' as const])),
});

/** Everything that is asked but the assessment. @param score null while there is none: then what is asked of it is missing */
export const segmentFacts = (lead: IntakeState, score: LeadScoreView | null): Facts => ({ ...leadFacts(lead), ...scoreFacts(score) });
