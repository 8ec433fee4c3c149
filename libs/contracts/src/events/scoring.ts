import { defineEvent, exampleOfLead } from '../event';
import { Integer, Nested, NestedList } from '../field';
import { Contribution, IntakeState, ScoringState } from '../lead';
import { CAPTURED, CONTRIBUTIONS, RATED, SCORED } from './examples';

export class LeadScoredData {
  @Nested(() => ScoringState, { required: true }) score: ScoringState;
  @NestedList(() => Contribution, 200, { required: true, description: 'what the computed score is made of' })
  contributions: Contribution[];
  @Nested(() => IntakeState, { required: true, description: 'what it was computed from; `revision` says how old that is' })
  lead: IntakeState;
}

export class LeadRatedData {
  @Nested(() => ScoringState, { required: true }) score: ScoringState;
  @Integer(0, 5) former_rating?: number | null;
}

export const LeadScored = defineEvent('lead.scored', 1, ['scoring'], 'state', LeadScoredData, {
  when: 'the score of a lead was computed, set by a person or given back to the model',
  example: exampleOfLead(SCORED, { score: SCORED, contributions: CONTRIBUTIONS, lead: CAPTURED }),
});
/** A person set the stars. A fact, though it carries the state: its effects happen once per rise. */
export const LeadRated = defineEvent('lead.rated', 1, ['scoring'], 'fact', LeadRatedData, {
  when: 'a person set the stars of a lead, or took them back',
  example: exampleOfLead(RATED, { score: RATED, former_rating: null }),
});
