import { defineEvent, exampleOfLead } from '../event';
import { Id, Instant, Integer, OneOf, Pattern, Text, Texts } from '../field';
import { ASSESSMENT_VERDICTS, FRAMEWORK_NAME, FRAMEWORK_VERSION, MOST_ELEMENTS, type AssessmentVerdict } from '../requests/assessments';
import { LEAD, PRIYA, QUALIFIED_AT } from './examples';

/** How where a lead stands came to be another: somebody said something of its elements, or decided about what a note says. */
export const ASSESSED_BY = ['assessment', 'accepted_proposal', 'dismissed_proposal'] as const;
export type AssessedBy = (typeof ASSESSED_BY)[number];

export class LeadAssessedData {
  @Id({ required: true }) lead_id: number;
  @OneOf(ASSESSED_BY, { required: true }) cause: AssessedBy;
  @Id({ description: 'the assessment that was made; null of a proposal that was dismissed' }) assessment_id?: number | null;
  @Id({ description: 'the proposal that was decided about' }) proposal_id?: number | null;
  @Texts(MOST_ELEMENTS, 40, { required: true, description: 'the elements that something was said of, by name' }) elements: string[];
  @Pattern(FRAMEWORK_NAME, 40, { required: true, example: 'bant' }) framework: string;
  @Integer(...FRAMEWORK_VERSION, { required: true, description: 'of the framework; 0: the built-in one' }) version: number;
  @Integer(0, 100, { required: true, description: 'of the lead by the framework, from then on' }) score: number;
  @OneOf(ASSESSMENT_VERDICTS, { required: true }) verdict: AssessmentVerdict;
  @Texts(MOST_ELEMENTS, 40, { required: true, description: 'elements that fall short, by name' }) missing: string[];
  @Text(200, { required: true }) actor: string;
  @Instant({ required: true }) at: string;
}

/** Not told of what is found out with a qualification: that is in `lead.qualified`. */
export const LeadAssessed = defineEvent('lead.assessed', 1, ['qualification'], 'fact', LeadAssessedData, {
  when: 'somebody said how elements of a lead stand, or decided about what a note says of one; with a qualification `lead.qualified` tells it',
  example: exampleOfLead({ lead_id: LEAD }, {
    lead_id: LEAD, cause: 'assessment', assessment_id: 17, proposal_id: null, elements: ['budget', 'authority'], framework: 'bant', version: 0, score: 50,
    verdict: 'incomplete', missing: ['need', 'timeline'], actor: PRIYA.name, at: QUALIFIED_AT,
  }),
});
