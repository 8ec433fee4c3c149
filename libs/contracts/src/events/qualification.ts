import { defineEvent } from '../event';
import { Nested, NestedList } from '../field';
import { QualificationState, ScoreOverride, Transition } from '../lead';

/** The lead's status changed: where to, and the transitions that led there (two where a contact was implied). */
export class StatusChangedData {
  @Nested(() => QualificationState, { required: true }) qualification: QualificationState;
  @NestedList(() => Transition, 2, { required: true }) transitions: Transition[];
}

export class LeadQualifiedData extends StatusChangedData {
  @Nested(() => ScoreOverride, { description: 'given with `update_score`; scoring applies it once, by the id of this event' })
  score_override?: ScoreOverride | null;
}

export const LeadContacted = defineEvent('lead.contacted', 1, ['qualification'], 'state', StatusChangedData);
export const LeadQualified = defineEvent('lead.qualified', 1, ['qualification'], 'state', LeadQualifiedData);
export const LeadNurtured = defineEvent('lead.nurtured', 1, ['qualification'], 'state', StatusChangedData);
export const LeadDisqualified = defineEvent('lead.disqualified', 1, ['qualification'], 'state', StatusChangedData);
export const LeadReopened = defineEvent('lead.reopened', 1, ['qualification'], 'state', StatusChangedData);
