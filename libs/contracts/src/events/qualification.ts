import { defineEvent, exampleOfLead } from '../event';
import { Nested, NestedList } from '../field';
import { QualificationState, ScoreOverride, Transition } from '../lead';
import { AssessmentSummary } from '../requests/assessments';
import { ASSESSED, BANT, CONTACTED, CONTACTED_AT, PRIYA, OVERRIDE, QUALIFIED, QUALIFIED_AT } from './examples';

/** The lead's status changed: where to, and the transitions that led there (two where a contact was implied). */
export class StatusChangedData {
  @Nested(() => QualificationState, { required: true }) qualification: QualificationState;
  @NestedList(() => Transition, 2, { required: true }) transitions: Transition[];
}

export class LeadQualifiedData extends StatusChangedData {
  @Nested(() => ScoreOverride, { description: 'given with `update_score`; scoring applies it once, by the id of this event' })
  score_override?: ScoreOverride | null;
  @Nested(() => AssessmentSummary, { description: 'where the lead stands by the framework that it was judged by' })
  assessment?: AssessmentSummary | null;
}

const CONTACT: Transition = {
  from: 'new', to: 'contacted', cause: 'patch', actor: PRIYA.name, reason: null, notes: CONTACTED.notes, at: CONTACTED_AT,
  ms_in_previous: 88_200_000,
};
export const LeadContacted = defineEvent('lead.contacted', 1, ['qualification'], 'state', StatusChangedData, {
  when: 'somebody has talked to the lead',
  example: exampleOfLead(CONTACTED, { qualification: CONTACTED, transitions: [CONTACT] }),
});

const QUALIFICATION: Transition = {
  ...CONTACT, from: 'contacted', to: 'qualified', cause: 'qualify', notes: BANT, at: QUALIFIED_AT, ms_in_previous: 102_600_000,
};
export const LeadQualified = defineEvent('lead.qualified', 1, ['qualification'], 'state', LeadQualifiedData, {
  when: 'a person qualified the lead: it may be converted',
  example: exampleOfLead(QUALIFIED, { qualification: QUALIFIED, transitions: [QUALIFICATION], score_override: OVERRIDE, assessment: ASSESSED }),
});

const NURTURED: QualificationState = {
  ...CONTACTED, revision: 3, status: 'nurturing', in_status_since: QUALIFIED_AT, notes: 'Implementation is planned for the summer',
};
export const LeadNurtured = defineEvent('lead.nurtured', 1, ['qualification'], 'state', StatusChangedData, {
  when: 'the lead is not ready, and is kept warm',
  example: exampleOfLead(NURTURED, {
    qualification: NURTURED, transitions: [{ ...QUALIFICATION, to: 'nurturing', cause: 'patch', notes: NURTURED.notes }],
  }),
});

const NO_BUDGET = 'Company does not have budget allocated until Q3 2026. Moving to nurture campaign.';
const DISQUALIFIED: QualificationState = {
  ...CONTACTED, revision: 3, status: 'disqualified', in_status_since: QUALIFIED_AT, disqualification_reason: 'no_budget', notes: NO_BUDGET,
};
export const LeadDisqualified = defineEvent('lead.disqualified', 1, ['qualification'], 'state', StatusChangedData, {
  when: 'a person found that the lead leads nowhere; `disqualification_reason` says why',
  example: exampleOfLead(DISQUALIFIED, {
    qualification: DISQUALIFIED,
    transitions: [{ ...QUALIFICATION, to: 'disqualified', cause: 'disqualify', reason: 'no_budget', notes: NO_BUDGET }],
  }),
});

const REOPENED_AT = '2026-07-01T09:00:00.000Z';
const REOPENED: QualificationState = {
  ...DISQUALIFIED, revision: 4, status: 'new', cycle: 2, in_status_since: REOPENED_AT, disqualification_reason: null,
};
export const LeadReopened = defineEvent('lead.reopened', 1, ['qualification'], 'state', StatusChangedData, {
  when: 'a disqualified lead is open again: a person said so, or it asked for contact',
  example: exampleOfLead(REOPENED, {
    qualification: REOPENED,
    transitions: [{
      from: 'disqualified', to: 'new', cause: 'raised_hand', actor: 'system', reason: null, notes: null, at: REOPENED_AT,
      ms_in_previous: 16_914_600_000,
    }],
  }),
});
