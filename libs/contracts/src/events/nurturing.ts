import { defineEvent, exampleOfLead } from '../event';
import { Id, Nested, OneOf } from '../field';
import { AWARENESS_STAGES, NurtureEnrolment, type AwarenessStage } from '../requests/nurturing';
import { LEAD, PRIYA, QUALIFIED_AT } from './examples';

/** How a lead is nurtured. One enrolment is told of by its number: it begins, goes through stages, and ends, whichever is heard first. */
export class NurtureData {
  @Id({ required: true }) lead_id: number;
  @Nested(() => NurtureEnrolment, { required: true }) enrolment: NurtureEnrolment;
}

export class NurtureStageData extends NurtureData {
  @OneOf(AWARENESS_STAGES, { required: true }) former_stage: AwarenessStage;
}

const ENROLLED: NurtureEnrolment = {
  number: 1, stage: 'problem', enrolled_at: QUALIFIED_AT, enrolled_by: PRIYA.name, because: 'rule "No budget yet" (reason is no_budget)',
  recycle_date: '2026-07-01', next_at: '2026-07-01T04:00:00.000Z', exited_at: null, exited_by: null, exit: null, trigger: null, exit_because: null,
};

export const NurtureEnrolled = defineEvent('nurture.enrolled', 1, ['qualification'], 'fact', NurtureData, {
  when: 'a lead that is not ready began to be nurtured: from now on it gets what its stage is for',
  example: exampleOfLead({ lead_id: LEAD }, { lead_id: LEAD, enrolment: ENROLLED }),
});
export const NurtureStageChanged = defineEvent('nurture.stage_changed', 1, ['qualification'], 'fact', NurtureStageData, {
  when: 'a lead that is nurtured has come to another stage of awareness',
  example: exampleOfLead({ lead_id: LEAD }, { lead_id: LEAD, enrolment: { ...ENROLLED, stage: 'solution' }, former_stage: 'problem' }),
});
export const NurtureExited = defineEvent('nurture.exited', 1, ['qualification'], 'fact', NurtureData, {
  when: 'a lead is nurtured no longer: it did something, its day has come, or a person took it up; `exit_because` says why',
  example: exampleOfLead({ lead_id: LEAD }, {
    lead_id: LEAD, enrolment: {
      ...ENROLLED, next_at: null, exited_at: '2026-05-04T09:12:00.000Z', exited_by: 'system', exit: 'signal', trigger: 'Demo request',
      exit_because: 'Demo request: signal type is demo_request',
    },
  }),
});
