import { Module } from '@nestjs/common';
import { LeadTies, messagingCommands, MessagingModule, messagingMigrations, OperationsModule, tiesMigrations } from '@headwater/messaging';
import type { ServiceDefinition } from '@headwater/platform';
import { ASSESSING } from './assessing';
import { CONTACT } from './contact';
import { CONVERTING } from './converting';
import { COPILOT } from './copilot';
import { ChangeStatuses } from './change-status';
import { assertMachine, STATUS_MACHINE } from './domain/status-machine';
import { FinishQualifications } from './finish-qualification';
import { FollowCommands } from './follow-commands';
import { FollowMerges } from './follow-merges';
import { FollowLeadScores } from './follow-scores';
import { FollowWins } from './follow-wins';
import { HoldLead } from './hold-lead';
import { KeepPolicies } from './keep-policies';
import { KnowLeads } from './know-leads';
import { MoveLeads } from './move-leads';
import { Neighbours } from './neighbours';
import { NURTURING } from './nurturing';
import { QualificationController } from './qualification.controller';
import { QualificationSubscriptions } from './qualification.subscriptions';
import { QualifyLeads } from './qualify-lead';
import { RecordDecisions } from './record-decisions';
import { ReopenLeads } from './reopen-leads';
import { RepublishStatuses } from './republish-statuses';
import { ReserveLeads } from './reserve-lead';
import { SettleLeads } from './settle-lead';
import { ShowStatuses } from './show-statuses';
import { HistoriesStore } from './store/histories.store';
import { AssessLeads1764300000201 } from './store/migrations/assess-leads';
import { CreateQualification1763769700000 } from './store/migrations/create-qualification';
import { FollowMerges1764144020010 } from './store/migrations/follow-merges';
import { KeepContactAttempts1764300000101 } from './store/migrations/keep-contact-attempts';
import { FollowWins1764300000102 } from './store/migrations/follow-wins';
import { KeepPolicies1764300000100 } from './store/migrations/keep-policies';
import { PoliciesStore } from './store/policies.store';
import { StatusesStore } from './store/statuses.store';

/** Late repetitions of a command or a reservation are known for that long. */
const RETENTIONS = [...['command', 'settlement'].map((table) => ({ table, column: 'at', days: 30 })), ...NURTURING.retentions];

@Module({
  imports: [MessagingModule.for(QualificationSubscriptions, RETENTIONS), OperationsModule.for('qualification', RepublishStatuses)],
  controllers: [
    QualificationController,
    ...ASSESSING.controllers,
    ...CONTACT.controllers,
    ...CONVERTING.controllers,
    ...COPILOT.controllers,
    ...NURTURING.controllers,
  ],
  providers: [
    StatusesStore, HistoriesStore, PoliciesStore, Neighbours, KnowLeads, RecordDecisions,
    KeepPolicies, ShowStatuses, HoldLead, FollowCommands, ChangeStatuses, MoveLeads, QualifyLeads, FinishQualifications, ReserveLeads, SettleLeads, FollowLeadScores, ReopenLeads, FollowMerges, FollowWins, LeadTies,
    RepublishStatuses, QualificationSubscriptions,
    ...ASSESSING.providers,
    ...CONTACT.providers,
    ...CONVERTING.providers,
    ...COPILOT.providers,
    ...NURTURING.providers,
  ],
})
export class QualificationModule {
  constructor() {
    assertMachine(STATUS_MACHINE);
  }
}

export const qualification: ServiceDefinition = {
  name: 'qualification',
  module: QualificationModule,
  migrations: [
    ...messagingMigrations, CreateQualification1763769700000, ...tiesMigrations, FollowMerges1764144020010, KeepPolicies1764300000100,
    KeepContactAttempts1764300000101, FollowWins1764300000102,
    AssessLeads1764300000201,
    ...CONVERTING.migrations,
    ...COPILOT.migrations,
    ...NURTURING.migrations,
  ],
  commands: messagingCommands,
};
