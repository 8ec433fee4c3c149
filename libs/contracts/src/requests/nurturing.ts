import type { Context } from '../context';
import { CalendarDate, Document, Instant, Integer, Nested, NestedList, OneOf, Text, Texts } from '../field';
import type { QualificationState } from '../lead';
import { defineRequest } from '../request';
import type { Status } from '../vocabulary';

/** How far somebody who isn't ready has come: knows the problem, looks for a solution, compares vendors. */
export const AWARENESS_STAGES = ['problem', 'solution', 'vendor'] as const;
export type AwarenessStage = (typeof AWARENESS_STAGES)[number];

/** What may bring a lead back. `person`: somebody moved it; `merge`: it stands elsewhere by a merge, or its end. */
export const NURTURE_EXITS = ['signal', 'score', 'date', 'recycle_date', 'raised_hand', 'person', 'merge'] as const;
export type NurtureExitKind = (typeof NURTURE_EXITS)[number];

/** How a lead is nurtured; what is absent is the tenant's rules' to say, of a lead that is nurtured already it stays as it is. */
export class NurtureTerms {
  @OneOf(AWARENESS_STAGES) stage?: AwarenessStage | null;
  @CalendarDate({ description: 'the day on which it comes back by itself, in the time zone of the tenant; within five years', example: '2026-09-01' })
  recycle_date?: string | null;
}

/** What a disqualification may say of what comes next. */
export interface ThenNurture {
  then?: 'nurture' | null;
  /** goes with `then` */
  nurture?: NurtureTerms | null;
}

/** Body of `POST /leads/{id}/nurture`. */
export class NurtureBody extends NurtureTerms {
  @Text(10_000, { description: 'kept as a note of the lead' }) notes?: string | null;
}

/** Body of `POST /leads/{id}/reengage`. */
export class ReengageBody {
  @Text(10_000, { description: 'kept as a note of the lead' }) notes?: string | null;
}

/** One time that a lead was nurtured: since when, why, and what brought it back. */
export class NurtureEnrolment {
  @Integer(1, 1_000_000, { required: true, description: 'of the lead, counted from 1' }) number: number;
  @OneOf(AWARENESS_STAGES, { required: true }) stage: AwarenessStage;
  @Instant({ required: true }) enrolled_at: string;
  @Text(200, { required: true }) enrolled_by: string;
  @Text(500, { required: true, example: 'patch' }) because: string;
  @CalendarDate() recycle_date?: string | null;
  @Instant({ description: 'when its rules look at it again by date; null: by no date' }) next_at?: string | null;
  @Instant({ description: 'null: it is nurtured' }) exited_at?: string | null;
  @Text(200) exited_by?: string | null;
  @OneOf(NURTURE_EXITS) exit?: NurtureExitKind | null;
  @Text(100, { description: 'the rule that brought it back, by its name', example: 'Demo request' }) trigger?: string | null;
  @Text(500, { example: 'Demo request: signal type is demo_request' }) exit_because?: string | null;
}

interface OfLead { context: Context; lead_id: number; expected_revision?: number }
interface Nurtured { qualification: QualificationState; enrolment: NurtureEnrolment | null }

/** Enrols a lead, or changes how one is nurtured. @throws `lead_locked`, `lead_merged`, `invalid_transition`, `precondition_failed`, 422 at `recycle_date` */
export const NurtureLead = defineRequest<OfLead & { body: NurtureBody }, Nurtured>('qualification', 'nurture_lead');
/** Takes a lead that is nurtured or disqualified up again. @throws the same */
export const ReengageLead = defineRequest<OfLead & { body: ReengageBody }, Nurtured>('qualification', 'reengage_lead');
/** The newest first, at most 50. */
export const GetNurturing = defineRequest<{ context: Context; lead_id: number }, { enrolments: NurtureEnrolment[] }>('qualification', 'get_nurturing');

/** The statuses that a rule may enrol leads in. */
export const ENROLLED_FROM = ['new', 'contacted', 'qualified', 'disqualified'] as const satisfies readonly Status[];
export type EnrolledFrom = (typeof ENROLLED_FROM)[number];

/** Enrols a lead: a disqualified one when it is disqualified, an open one when the condition begins to hold. The first that does counts. */
export class NurtureEntry {
  @Text(100, { required: true, example: 'No budget yet' }) name: string;
  @Texts(4, 20, { description: `the statuses of leads that it enrols, of ${ENROLLED_FROM.join(', ')}; disqualified alone when absent` })
  from?: EnrolledFrom[] | null;
  @Document({ required: true, description: 'a condition over reason, tags, score and what is known of the lead' }) when: object;
  @OneOf(AWARENESS_STAGES, { description: "the document's own when absent" }) stage?: AwarenessStage | null;
  @Integer(1, 1_826, { description: "days after which it comes back by itself; the document's own when absent" }) recycle_after_days?: number | null;
}

/** Brings a lead back: when something happens that the condition holds for, or so many days after it was enrolled. */
export class NurtureExit {
  @Text(100, { required: true, example: 'Demo request' }) name: string;
  @Document({ description: 'a condition over signal, score, lifecycle_stage and stage; with `after_days` it is asked on that day' }) when?: object | null;
  @Integer(1, 1_826, { description: 'days since it was enrolled' }) after_days?: number | null;
}

export class NurtureRules {
  @OneOf(AWARENESS_STAGES, { description: 'where neither a person nor a rule says it; problem when absent' }) stage?: AwarenessStage | null;
  @Integer(1, 1_826, { description: 'days after which a lead comes back by itself where nobody says when; never when absent' }) recycle_after_days?: number | null;
  @NestedList(() => NurtureEntry, 100, { required: true }) enrol: NurtureEntry[];
  @NestedList(() => NurtureExit, 100, { required: true }) exits: NurtureExit[];
}

export class NurtureRulesView {
  @Integer(0, 1_000_000, { required: true, description: '0: those that every tenant begins with' }) version: number;
  @Nested(() => NurtureRules, { required: true }) document: NurtureRules;
  @Instant() created_at?: string | null;
  @Text(200) created_by?: string | null;
}
export const GetNurtureRules = defineRequest<{ context: Context }, { rules: NurtureRulesView }>('qualification', 'get_nurture_rules');
/** @throws `invalid` with everything that is wrong */
export const PutNurtureRules = defineRequest<{ context: Context; document: unknown }, { rules: NurtureRulesView }>('qualification', 'put_nurture_rules');
