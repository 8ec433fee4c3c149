import type {
  Actor, ConvertedInto, DisqualificationReason, IntakeState, LeadScoreView, LifecycleStage, QualificationState, Status,
} from '@headwater/contracts';
import { contactSummary, type ContactTally } from './contact/tally';
import { stageAtConversion } from './lifecycle-stage';

/** Everything that qualification keeps of a lead, as its row has it. Instants are RFC 3339 UTC. */
export interface LeadStatus {
  tenant_id: string;
  lead_id: number;
  revision: number;
  status: Status;
  in_status_since: string;
  lifecycle_stage: LifecycleStage;
  cycle: number;
  /** when the present cycle began: a score from before it says nothing about it */
  cycle_since: string;
  first_contacted_at: string | null;
  /** when it last became qualified; kept afterwards */
  qualified_at: string | null;
  disqualification_reason: DisqualificationReason | null;
  /** the latest note kept here */
  notes: string | null;
  scoring_revision: number;
  /** the newest score that was heard of */
  score: LeadScoreView | null;
  reservation_token: string | null;
  reservation_holder: string | null;
  lease_until: string | null;
  converted: ConvertedInto | null;
  /** when a deal that came of it was first won, also before its conversion was heard of */
  won_at: string | null;
  /** where it stands itself, while leads are merged into it; null while none are: then it stands where its row says */
  own: Standing | null;
  /** null while nobody has logged an attempt to reach it */
  attempts: ContactTally | null;
  /** the lead that it belongs to since a merge; not part of its row */
  primary_id: number | null;
}

/** What a merge decides about: where a lead stands, and since when. */
export type Standing = Pick<LeadStatus, 'status' | 'lifecycle_stage' | 'first_contacted_at' | 'qualified_at' | 'disqualification_reason'>;

export const standingOf = (
  { status, lifecycle_stage, first_contacted_at, qualified_at, disqualification_reason }: LeadStatus,
): Standing => ({ status, lifecycle_stage, first_contacted_at, qualified_at, disqualification_reason });

/** Who did something, as histories show it, and when by PostgreSQL's clock. */
export interface By {
  actor: string;
  at: string;
}

/** How an actor is written into histories. */
export const nameOf = ({ name, id }: Actor): string => (name || id).slice(0, 200);

/** What is known of a lead that nothing was done with yet. */
type FirstKnown = Pick<IntakeState, 'lead_id' | 'created_at' | 'converted'> & { attribution?: Partial<IntakeState['attribution']> };

/** The state of a lead that nothing was done with yet; time in it counts from the lead's creation. Some forms begin with nurturing. */
export function firstStatus(tenant: string, lead: FirstKnown): LeadStatus {
  const since = lead.converted?.converted_at ?? lead.created_at;
  return {
    tenant_id: tenant, lead_id: lead.lead_id, revision: 1,
    status: lead.converted ? 'converted' : lead.attribution?.entry_status ?? 'new', in_status_since: since,
    lifecycle_stage: lead.converted ? stageAtConversion(lead.converted, false) : 'suspect', cycle: 1, cycle_since: since,
    first_contacted_at: null, qualified_at: null, disqualification_reason: null, notes: null,
    scoring_revision: 0, score: null,
    reservation_token: null, reservation_holder: null, lease_until: null,
    converted: lead.converted ?? null, won_at: null, own: null, attempts: null, primary_id: null,
  };
}

/** What others may know of it: the snapshot in answers and events. */
export const qualificationState = (lead: LeadStatus): QualificationState => ({
  lead_id: lead.lead_id, revision: lead.revision, status: lead.status, lifecycle_stage: lead.lifecycle_stage,
  cycle: lead.cycle, in_status_since: lead.in_status_since, first_contacted_at: lead.first_contacted_at,
  qualified_at: lead.qualified_at, disqualification_reason: lead.disqualification_reason, notes: lead.notes,
  ever_qualified: lead.qualified_at !== null,
  ...(lead.attempts ? { contact_attempts: contactSummary(lead.attempts, lead.status) } : {}),
});
