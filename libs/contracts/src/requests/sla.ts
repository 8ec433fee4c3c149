import type { Context } from '../context';
import { Flag, Id, Instant, Integer, Nested, NestedList, OneOf, Text } from '../field';
import { defineRequest } from '../request';
import { TEMPERATURES, type Temperature } from '../vocabulary';

/** Where the clock of a lead's first response stands. What leads from one to another: docs/sla.md. */
export const SLA_STATES = ['armed', 'running', 'paused', 'met', 'breached', 'cancelled'] as const;
export type SlaState = (typeof SLA_STATES)[number];

/** What happened to a clock, and when. */
export class SlaStep {
  @Instant({ required: true }) at: string;
  @OneOf(SLA_STATES, { required: true }) state: SlaState;
  @Text(500, { required: true }) because: string;
}

/** One clock of a lead: from when it runs, until when, and how it ended. */
export class SlaClockView {
  @Integer(1, 1_000_000, { required: true, description: 'of the lead, counted from 1: reopening and reassignment may start another one' }) number: number;
  @OneOf(SLA_STATES, { required: true }) state: SlaState;
  @Text(100, { required: true, example: 'warm' }) policy: string;
  @Text(200, { description: 'null: around the clock', example: 'Office hours' }) calendar?: string | null;
  @Instant({ required: true }) started_at: string;
  @Instant({ description: 'null while it is paused' }) due_at?: string | null;
  @Instant() warned_at?: string | null;
  @Instant() breached_at?: string | null;
  @Instant({ description: "the first contact's own time" }) contacted_at?: string | null;
  @Instant() paused_at?: string | null;
  @Integer(0, 10_000_000, { description: 'seconds that are left of the time that counts, while it is paused' }) remaining_seconds?: number | null;
  @Integer(0, 100, { required: true, description: 'how often the lead went to somebody else because nobody had called' }) reassignments: number;
  @NestedList(() => SlaStep, 100, { required: true, description: 'oldest first' }) steps: SlaStep[];
}

/** Clocks of a lead, the newest first; none before its first score. */
export const GetSla = defineRequest<{ context: Context; lead_id: number }, { clocks: SlaClockView[] }>('routing', 'get_sla');
/** @throws `no_running_clock`, `not_pausable` */
export const PauseSla =
  defineRequest<{ context: Context; lead_id: number; reason: string }, { clock: SlaClockView }>('routing', 'pause_sla');
/** @throws `no_paused_clock` */
export const ResumeSla =
  defineRequest<{ context: Context; lead_id: number; reason: string }, { clock: SlaClockView }>('routing', 'resume_sla');

/** Whose hours count. */
export const SLA_CALENDARS = ['around_the_clock', 'owner', 'team', 'lead', 'default', 'fixed'] as const;
export type SlaCalendar = (typeof SLA_CALENDARS)[number];

export class SlaEscalation {
  @Flag({ description: "tell the managers of the owner's team; true when absent" }) tell_managers?: boolean;
  @Integer(0, 2, { description: 'how often the lead goes to another rep; 0 when absent' }) reassignments?: number;
}

/** A policy, but for which calendar a fixed one is. */
export class SlaPolicyTerms {
  @Text(100, { required: true, example: 'warm' }) name: string;
  @Integer(1, 525_600, { required: true, description: 'minutes within the hours that count: 480 are a working day of eight hours', example: 240 })
  target_minutes: number;
  @OneOf(SLA_CALENDARS, { required: true, description: "whose hours count; where somebody has none, the team's or the default ones" }) calendar: SlaCalendar;
  @Integer(1, 99, { description: 'per cent of the time after which the owner is warned; 80 when absent' }) warn_percent?: number;
  @Flag({ description: 'a person may pause it; true when absent' }) pausable?: boolean;
  @Flag({ description: 'a new owner has the whole time again; false when absent' }) rearm_on_reassignment?: boolean;
  @Nested(() => SlaEscalation) escalation?: SlaEscalation;
}

export class SlaPolicy extends SlaPolicyTerms {
  @Id({ description: 'of `fixed`' }) calendar_id?: number | null;
}

/** The first choice that fits names the policy of a lead; a rule that names one goes before all. */
export class SlaChoice {
  @OneOf(TEMPERATURES, { description: 'hot: by the score or by stars' }) temperature?: Temperature;
  @Text(60) source?: string;
  @Text(40, { description: 'how it came in: form, api, import …' }) entry?: string;
  @Text(100, { description: 'null: leads like these have no clock' }) policy?: string | null;
}

export class SlaPolicies {
  @NestedList(() => SlaPolicy, 100, { required: true }) policies: SlaPolicy[];
  @NestedList(() => SlaChoice, 200, { required: true }) choices: SlaChoice[];
}

export class SlaPoliciesView {
  @Integer(0, 1_000_000, { required: true, description: '0: those that every tenant begins with' }) version: number;
  @Nested(() => SlaPolicies, { required: true }) document: SlaPolicies;
  @Instant() created_at?: string | null;
  @Text(200) created_by?: string | null;
}
export const GetSlaPolicies = defineRequest<{ context: Context }, { policies: SlaPoliciesView }>('routing', 'get_sla_policies');
/** @throws `invalid` with everything that is wrong */
export const PutSlaPolicies = defineRequest<{ context: Context; document: unknown }, { policies: SlaPoliciesView }>('routing', 'put_sla_policies');
