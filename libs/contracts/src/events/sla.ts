import { defineEvent, exampleOfLead } from '../event';
import { Id, Nested, Text } from '../field';
import { Named } from '../lead';
import { SlaClockView } from '../requests/sla';
import { CAPTURED_AT, LEAD, PRIYA, ROUTED } from './examples';

/** What became of the clock of a lead's first response, and whose lead it is. */
export class SlaClockData {
  @Id({ required: true }) lead_id: number;
  @Nested(() => SlaClockView, { required: true }) clock: SlaClockView;
  @Nested(() => Named) owner?: Named | null;
  @Nested(() => Named) team?: Named | null;
  @Text(500, { required: true }) because: string;
}

const WARNED_AT = '2025-12-15T17:42:00.000Z';
const DUE_AT = '2025-12-15T18:30:00.000Z';
const CALLED_AT = '2025-12-15T18:12:00.000Z';
const REASON = 'on a plane, and will call as soon as she has landed';

const RUNNING: SlaClockView = {
  number: 1, state: 'running', policy: 'warm', calendar: 'Office hours', started_at: CAPTURED_AT, due_at: DUE_AT, warned_at: null,
  breached_at: null, contacted_at: null, paused_at: null, remaining_seconds: null, reassignments: 0,
  steps: [{ at: CAPTURED_AT, state: 'running', because: 'the lead was captured' }],
};
const WARNED: SlaClockView = { ...RUNNING, warned_at: WARNED_AT };
const BREACHED: SlaClockView = {
  ...WARNED, state: 'breached', breached_at: DUE_AT, steps: [...RUNNING.steps, { at: DUE_AT, state: 'breached', because: 'no contact in time' }],
};
const MET: SlaClockView = {
  ...WARNED, state: 'met', contacted_at: CALLED_AT, steps: [...RUNNING.steps, { at: CALLED_AT, state: 'met', because: 'first contact' }],
};
const PAUSED: SlaClockView = {
  ...WARNED, state: 'paused', due_at: null, paused_at: CALLED_AT, remaining_seconds: 1_080,
  steps: [...RUNNING.steps, { at: CALLED_AT, state: 'paused', because: REASON }],
};
const exampleOf = (clock: SlaClockView, because: string) =>
  exampleOfLead({ lead_id: LEAD }, { lead_id: LEAD, clock, owner: PRIYA, team: ROUTED.team ?? null, because });

export const SlaWarned = defineEvent('sla.warned', 1, ['routing'], 'fact', SlaClockData, {
  when: 'most of the time is gone in which a lead should be contacted, and nobody has called yet',
  example: exampleOf(WARNED, '80 % of the time is gone'),
});
export const SlaBreached = defineEvent('sla.breached', 1, ['routing'], 'fact', SlaClockData, {
  when: 'the time in which a lead should be contacted is over, and no contact is known',
  example: exampleOf(BREACHED, 'no contact in time'),
});
export const SlaMet = defineEvent('sla.met', 1, ['routing'], 'fact', SlaClockData, {
  when: 'a lead was contacted for the first time, in time',
  example: exampleOf(MET, 'first contact'),
});
export const SlaBreachRetracted = defineEvent('sla.breach_retracted', 1, ['routing'], 'fact', SlaClockData, {
  when: 'it becomes known after a breach that the lead was contacted, or over, in time: the breach is none',
  example: exampleOf({ ...MET, breached_at: DUE_AT, steps: [...BREACHED.steps, MET.steps[1]] }, 'first contact'),
});
export const SlaPaused = defineEvent('sla.paused', 1, ['routing'], 'fact', SlaClockData, {
  when: 'a person paused the clock of a lead, and said why',
  example: exampleOf(PAUSED, REASON),
});
export const SlaResumed = defineEvent('sla.resumed', 1, ['routing'], 'fact', SlaClockData, {
  when: 'a person let the clock of a lead run on',
  example: exampleOf({ ...RUNNING, steps: [...PAUSED.steps, { at: CALLED_AT, state: 'running', because: 'landed' }] }, 'landed'),
});
