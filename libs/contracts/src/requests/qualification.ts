import type { Context } from '../context';
import type { Warning } from '../domain-error';
import type { ConvertedInto, LeadScoreView, QualificationState, Transition } from '../lead';
import { defineRequest } from '../request';
import type { DisqualificationReason, Status } from '../vocabulary';
import type { AssessmentSummary, AssessRequest, BantElements, MeddicElements } from './assessments';
import type { Note } from './intake';
import type { ThenNurture } from './nurturing';

/** Statuses of the leads that exist. */
export const GetStatuses = defineRequest<
  { tenant: string; ids: number[] }, { statuses: QualificationState[] }
>('qualification', 'get_statuses');

/** What qualification owns of a PATCH. It is asked first, for any PATCH: it alone knows whether a lead may be written. */
export interface StatusPatch {
  status?: Status | 'unqualified' | null;
  disqualification_reason?: DisqualificationReason | null;
  qualification_notes?: string | null;
}
export const ChangeStatus = defineRequest<
  {
    context: Context; command_id: string; lead_id: number; patch: StatusPatch;
    expected_revision?: number; validate_only?: boolean;
  },
  { qualification: QualificationState; warnings?: Warning[] }
>('qualification', 'change_status');

export interface QualifyBody extends ThenNurture {
  qualified: boolean;
  qualification_notes?: string | null;
  disqualification_reason?: DisqualificationReason | null;
  update_score?: boolean | null;
  behavioral_score?: number | null;
  demographic_score?: number | null;
  notes?: string | null;
  custom_fields?: Record<string, unknown> | null;
  tags?: string[] | null;
  bant?: BantElements | null;
  meddic?: MeddicElements | null;
  /** by any framework */
  assessment?: AssessRequest | null;
}
export interface QualifyAnswer {
  id: number;
  email: string | null;
  status: Status;
  lead_score?: (LeadScoreView & { pending?: boolean }) | null;
  qualified_at?: string | null;
  lost_reason?: DisqualificationReason | null;
  disqualification_reason?: DisqualificationReason | null;
  notes: string | null;
  /** where elements were given: where the lead stands now, by each framework that they are of */
  assessments?: AssessmentSummary[];
}
export const QualifyLead = defineRequest<
  { context: Context; lead_id: number; body: QualifyBody; expected_revision?: number },
  { message: string; data: QualifyAnswer; warnings?: Warning[] }
>('qualification', 'qualify_lead');

export const ListTransitions = defineRequest<
  { context: Context; lead_id: number }, { transitions: Transition[]; notes: Note[] }
>('qualification', 'list_transitions');

/**
 * Reserves a lead for its end: a conversion now, merges later. Refused with the reason when it isn't qualified
 * (`not_qualified`), is converted (`lead_locked`, with the ids) or is reserved by another (`conversion_in_progress`).
 * When the lease of the other ran out, the other is asked to settle first.
 */
export const ReserveLead = defineRequest<
  { context: Context; lead_id: number; token: string; holder: 'conversion'; lease_seconds: number },
  { qualification: QualificationState; transitions: Transition[] }
>('qualification', 'reserve_lead');

/** Ends a reservation: `done` converts and locks the lead, `aborted` releases it. Repeatable; guarded by the token. */
export const SettleLead = defineRequest<
  {
    tenant: string; lead_id: number; token: string;
    outcome: { kind: 'aborted' } | { kind: 'done'; converted: ConvertedInto; actor: string };
  },
  Record<string, never>
>('qualification', 'settle_lead');
