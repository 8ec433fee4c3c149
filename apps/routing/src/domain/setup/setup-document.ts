import { CalendarRequest, Flag, Integer, Nested, NestedList, Pattern, Text, type RoutingSetup } from '@headwater/contracts';
import { MOST_LEAVE, MOST_TERRITORIES, SetupLeave, SetupRepMore, SetupTeamMore, SetupTerritory } from '../people/setup-sections';
import { SetupPool, SetupRuleSet } from '../rule-sets/rule-set-document';
import { MOST_CALENDARS, SetupSlaPolicies } from './setup-hours';

const MOST = { teams: 200, reps: 2_000, pools: 200 };
const EMAIL = /^[^\s@]+@[^\s@]+$/;

export class SetupTeam extends SetupTeamMore {
  @Text(200, { required: true }) name: string;
}

export class SetupRep extends SetupRepMore {
  @Text(200, { required: true, description: "the user's id: `sub` of the token" }) user_id: string;
  @Text(200, { required: true }) name: string;
  @Pattern(EMAIL, 320) email?: string | null;
  @Text(200, { description: 'name of a team' }) team?: string | null;
  @Text(60, { description: "IANA name; the tenant's when absent" }) time_zone?: string;
  @Integer(1, 1_000, { description: 'share in weighted pools; 1 when absent' }) weight?: number;
  @Flag({ description: 'true when absent' }) active?: boolean;
  @Integer(0, 1_000_000, { description: 'routed to nobody above it; no limit when absent' }) max_open_leads?: number | null;
}

/** People, places, hours, pools and rules of a tenant in one document. */
export class SetupDocument implements RoutingSetup {
  @NestedList(() => SetupTeam, MOST.teams, { required: true }) teams: SetupTeam[];
  @NestedList(() => SetupRep, MOST.reps, { required: true }) reps: SetupRep[];
  @NestedList(() => SetupTerritory, MOST_TERRITORIES, { description: 'absent: they stay as they are' }) territories?: SetupTerritory[] | null;
  @NestedList(() => SetupLeave, MOST_LEAVE, { description: 'absent: it stays as it is' }) leave?: SetupLeave[] | null;
  @NestedList(() => CalendarRequest, MOST_CALENDARS, { description: 'absent: they stay as they are' }) calendars?: CalendarRequest[] | null;
  @Nested(() => SetupSlaPolicies, { description: 'absent: they stay as they are' }) sla_policies?: SetupSlaPolicies | null;
  @NestedList(() => SetupPool, MOST.pools, { required: true }) pools: SetupPool[];
  @Nested(() => SetupRuleSet, { required: true }) rule_set: SetupRuleSet;
}
