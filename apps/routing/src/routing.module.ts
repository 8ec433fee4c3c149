import { Module } from '@nestjs/common';
import { LeadTies, messagingCommands, MessagingModule, messagingMigrations, OperationsModule, tiesMigrations } from '@headwater/messaging';
import type { ServiceDefinition } from '@headwater/platform';
import { CONVERTING } from './converting';
import { AssignLead } from './assign-lead';
import { CALENDARS } from './calendars';
import { FollowMerges } from './follow-merges';
import { INSIGHT } from './insight';
import { LockAssignment } from './lock-assignment';
import { MeetLeads } from './meet-leads';
import { OWNERS } from './owners';
import { PEOPLE } from './people';
import { PutSetup } from './put-setup';
import { QUEUE } from './queue';
import { ReadDecisions } from './read-decisions';
import { REASSIGNING } from './reassigning';
import { RepublishAssignments } from './republish-assignments';
import { RETURNING } from './returning';
import { RouteLeads } from './route-leads';
import { RoutingMetrics } from './routing-metrics';
import { RoutingController } from './routing.controller';
import { RoutingSubscriptions } from './routing.subscriptions';
import { RULE_SETS } from './rule-sets';
import { RulesInForce } from './rules-in-force';
import { RunRules } from './run-rules';
import { SLA } from './sla';
import { AssignmentsStore } from './store/assignments.store';
import { DecisionsStore } from './store/decisions.store';
import { CountOpenLeads1763791200000 } from './store/migrations/count-open-leads';
import { CreateRouting1763769700000 } from './store/migrations/create-routing';
import { FindUnassigned1763780400000 } from './store/migrations/find-unassigned';
import { FollowTenantZones1764300000502 } from './store/migrations/follow-tenant-zones';
import { HearTenantZones1764400000700 } from './store/migrations/hear-tenant-zones';
import { FollowMerges1764144020040 } from './store/migrations/follow-merges';
import { PackCandidates1764300000506 } from './store/migrations/pack-candidates';
import { KeepReturns1764300000507 } from './store/migrations/keep-returns';
import { ReassignToPools1764300000503 } from './store/migrations/reassign-to-pools';
import { RouteToRoles1764300000501 } from './store/migrations/route-to-roles';
import { SpareChecks1764150009002 } from './store/migrations/spare-checks';
import { TellContactsApart1764300000505 } from './store/migrations/tell-contacts-apart';
import { VersionRuleSets1764150000501 } from './store/migrations/version-rule-sets';
import { RisesStore } from './store/rises.store';
import { RotationStore } from './store/rotation.store';
import { SetupStore } from './store/setup.store';

@Module({
  imports: [MessagingModule.for(RoutingSubscriptions), OperationsModule.for('routing', RepublishAssignments)],
  controllers: [RoutingController, ...PEOPLE.controllers, ...REASSIGNING.controllers, ...RULE_SETS.controllers, ...QUEUE.controllers, ...INSIGHT.controllers, ...CONVERTING.controllers,
    ...SLA.controllers, ...OWNERS.controllers, ...CALENDARS.controllers],
  providers: [
    RoutingSubscriptions, RouteLeads, RunRules, RoutingMetrics, AssignLead, LockAssignment, FollowMerges, LeadTies, MeetLeads, PutSetup, RepublishAssignments, ReadDecisions, RulesInForce,
    AssignmentsStore, DecisionsStore, RisesStore, RotationStore, SetupStore,
    ...PEOPLE.providers, ...REASSIGNING.providers, ...RETURNING.providers, ...RULE_SETS.providers, ...QUEUE.providers, ...INSIGHT.providers, ...CONVERTING.providers,
    ...SLA.providers, ...OWNERS.providers, ...CALENDARS.providers,
  ],
})
export class RoutingModule {}

export const routing: ServiceDefinition = {
  name: 'routing',
  module: RoutingModule,
  migrations: [
    ...messagingMigrations, CreateRouting1763769700000, FindUnassigned1763780400000, CountOpenLeads1763791200000, ...tiesMigrations,
    FollowMerges1764144020040, SpareChecks1764150009002, ...PEOPLE.migrations, ...REASSIGNING.migrations, VersionRuleSets1764150000501,
    ...SLA.migrations, RouteToRoles1764300000501, FollowTenantZones1764300000502, ReassignToPools1764300000503,
    TellContactsApart1764300000505, PackCandidates1764300000506, KeepReturns1764300000507, HearTenantZones1764400000700,
  ],
  commands: messagingCommands,
};
