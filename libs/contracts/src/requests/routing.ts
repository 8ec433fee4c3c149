import type { Context } from '../context';
import type { Warning } from '../domain-error';
import type { ConvertedInto, RoutingState } from '../lead';
import { defineRequest } from '../request';
import type { Priority } from '../vocabulary';
import type { CalendarRequest } from './calendars';
import type { LeadsPerWindow, PostalArea, TeamManager } from './people';
import type { RoutingPool, RoutingRuleSet } from './rule-sets';
import type { SlaChoice, SlaPolicyTerms } from './sla';

/** Assignments of the leads that exist; owner null until decided. */
export const GetAssignments =
  defineRequest<{ tenant: string; ids: number[] }, { assignments: RoutingState[] }>('routing', 'get_assignments');

/** What routing owns of a PATCH. `owner_id: null` puts the lead back into the queue of the unassigned. */
export interface RoutingPatch {
  owner_id?: number | null;
  team_id?: number | null;
  priority?: Priority | null;
  next_follow_up?: string | null;
}
export const AssignLead = defineRequest<
  {
    context: Context; command_id: string; lead_id: number; patch: RoutingPatch;
    expected_revision?: number; validate_only?: boolean;
  },
  { assignment: RoutingState; warnings?: Warning[] }
>('routing', 'assign_lead');

export interface RepView {
  id: number; user_id: string; name: string; email: string | null; team: { id: number; name: string } | null;
  time_zone: string; weight: number; active: boolean;
}
/** The rep that a user is, or null. */
export const FindRep =
  defineRequest<{ tenant: string; user_id?: string; rep_id?: number }, { rep: RepView | null }>('routing', 'find_rep');

export const LockAssignment = defineRequest<
  { tenant: string; lead_id: number; converted: ConvertedInto }, Record<string, never>
>('routing', 'lock_assignment');

/** One decision, as it was made: enough to understand and to replay it. */
export interface DecisionView {
  id: number;
  at: string;
  cause: string;
  because: string;
  /** who decided, where a person did */
  actor?: string | null;
  rule_set_version: number | null;
  /** rules tried, in order, each with whether it held and the trace of its condition */
  rules: { name: string; held: boolean; trace: unknown }[];
  /** the one that held */
  rule?: string | null;
  pool: string | null;
  strategy: string | null;
  /** how the rep was found; rotation alone is bound by the law of fairness */
  kind?: string | null;
  /** reps looked at: why each was left out, and the counters before the pick; of who was picked, since then as well */
  candidates: {
    rep_id: number; name: string; excluded: string | null; counters: Record<string, number>; after?: Record<string, number> | null;
  }[];
  /** of large pools: how many more were looked at, by what was found */
  more_candidates?: Record<string, number> | null;
  picked: { id: number; name: string } | null;
}
/** The newest first. @throws `wrong_cursor` */
export const GetDecisions = defineRequest<
  { context: Context; lead_id: number; cursor?: string; limit?: number },
  { assignment: RoutingState; decisions: DecisionView[]; next_cursor: string | null }
>('routing', 'get_decisions');

/** A territory as a setup names it. */
export interface RoutingTerritory {
  name: string; parent?: string | null; owners?: string[] | null; team?: string | null;
  countries?: string[] | null; regions?: string[] | null; postal?: PostalArea[] | null; account_ids?: number[] | null; domains?: string[] | null;
}

export interface RoutingSetup {
  teams: { name: string; managers?: TeamManager[] | null; calendar?: string | null }[];
  reps: {
    user_id: string; name: string; email?: string | null; team?: string | null; time_zone?: string;
    weight?: number; active?: boolean; max_open_leads?: number | null;
    max_per_window?: LeadsPerWindow | null; skills?: string[] | null; languages?: string[] | null; roles?: string[] | null;
    /** name of a calendar, as teams have it */
    calendar?: string | null;
  }[];
  territories?: RoutingTerritory[] | null;
  leave?: { user_id: string; from: string; until: string }[] | null;
  calendars?: CalendarRequest[] | null;
  sla_policies?: { policies: (SlaPolicyTerms & { fixed_calendar?: string | null })[]; choices: SlaChoice[] } | null;
  pools: RoutingPool[];
  rule_set: RoutingRuleSet;
}
export const GetSetup =
  defineRequest<{ context: Context }, { setup: RoutingSetup; version: number; reps: RepView[] }>('routing', 'get_setup');
/** Replaces people, pools and rules by the document, all or nothing; who is missing in it goes inactive. */
export const PutSetup =
  defineRequest<{ context: Context; setup: unknown }, { version: number; reps: RepView[] }>('routing', 'put_setup');
/** The same as `get_setup` and `put_setup`, packed: of thousands of reps and territories the document is larger than a message. */
export const GetPackedSetup = defineRequest<{ context: Context }, { packed: string }>('routing', 'get_packed_setup');
export const PutPackedSetup = defineRequest<{ context: Context; packed: string }, { packed: string }>('routing', 'put_packed_setup');
