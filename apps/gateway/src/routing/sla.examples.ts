import { DomainError, type SlaClockView, type SlaPolicies } from '@headwater/contracts';
import { refused, type Examples } from '../documents/example';
import { CAPTURED_AT, OWNER } from '../leads/example-lead';

const POLICIES: SlaPolicies = {
  policies: [
    { name: 'at once', target_minutes: 5, calendar: 'around_the_clock', rearm_on_reassignment: true, escalation: { tell_managers: true, reassignments: 2 } },
    { name: 'within the hour', target_minutes: 60, calendar: 'around_the_clock', warn_percent: 50 },
    { name: 'within a day', target_minutes: 480, calendar: 'owner', pausable: false },
  ],
  choices: [{ temperature: 'hot', policy: 'at once' }, { source: 'event', policy: 'within a day' }, { entry: 'import', policy: null }, { policy: 'within the hour' }],
};

export const replaceSlaPolicies = {
  within_the_hour: {
    summary: 'Hot leads at once, leads of events within a working day, imported ones without a clock, all others within the hour', body: POLICIES,
    answer: {
      message: 'SLA policies replaced', data: { version: 1, document: POLICIES, created_at: '2026-03-01T08:00:00.000Z', created_by: 'CRM sync' },
    },
  },
  unknown_policy: {
    summary: 'A choice that points nowhere', body: { ...POLICIES, choices: [{ policy: 'tomorrow' }] },
    ...refused(DomainError.invalidField('choices.0.policy', 'unknown_policy', 'There is no policy "tomorrow" in this document')),
  },
} satisfies Examples;

export const getSlaPolicies = {
  own: {
    summary: 'Of its own', answer: {
      message: 'SLA policies found', data: { version: 1, document: POLICIES, created_at: '2026-03-01T08:00:00.000Z', created_by: 'CRM sync' },
    },
  },
} satisfies Examples;

const STARTED = { at: CAPTURED_AT, state: 'running', because: 'the lead was captured' } as const;
const RUNNING: SlaClockView = {
  number: 1, state: 'running', policy: 'within the hour', calendar: null, started_at: CAPTURED_AT, due_at: '2026-03-02T15:05:09.412Z', warned_at: null,
  breached_at: null, contacted_at: null, paused_at: null, remaining_seconds: null, reassignments: 0, steps: [STARTED],
};
const PAUSED_AT = '2026-03-02T14:20:00.000Z';
const RESUMED_AT = '2026-03-02T16:00:00.000Z';
const PLANE = { at: PAUSED_AT, state: 'paused', because: 'On a plane until noon' } as const;
const LANDED = { at: RESUMED_AT, state: 'running', because: 'Landed' } as const;

export const getLeadSla = {
  running: { summary: 'Its time runs', answer: { message: 'Clocks found', data: [RUNNING] } },
} satisfies Examples;

export const pauseLeadSla = {
  on_a_plane: {
    summary: 'Nobody can call now', body: { reason: PLANE.because },
    answer: {
      message: 'Clock paused',
      data: { ...RUNNING, state: 'paused', due_at: null, paused_at: PAUSED_AT, remaining_seconds: 2_709, steps: [STARTED, PLANE] },
    },
  },
  no_running_clock: {
    summary: 'It is paused already', body: { reason: PLANE.because },
    ...refused(DomainError.conflict('no_running_clock', 'No clock of the lead is running', { clock_state: 'paused' })),
  },
} satisfies Examples;

export const resumeLeadSla = {
  landed: {
    summary: 'Goes on with what was left', body: { reason: LANDED.because },
    answer: { message: 'Clock resumed', data: { ...RUNNING, due_at: '2026-03-02T16:45:09.412Z', steps: [STARTED, PLANE, LANDED] } },
  },
  no_paused_clock: {
    summary: 'It runs', body: { reason: LANDED.because },
    ...refused(DomainError.conflict('no_paused_clock', 'No clock of the lead is paused', { clock_state: 'running' })),
  },
} satisfies Examples;

export const listLeadOwners = {
  by_rules: {
    summary: 'Given to one rep by the rules', answer: {
      message: 'Owners listed',
      data: [{
        owner: OWNER, from: '2026-03-02T14:05:09.781Z', until: null, cause: 'first_score', by: null,
        because: 'rule "Large companies" (employees ≥ 200) → pool enterprise, round robin: next in turn',
      }],
    },
  },
} satisfies Examples;
