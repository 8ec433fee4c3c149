import { Module } from '@nestjs/common';
import { messagingCommands, MessagingModule, messagingMigrations, OperationsModule } from '@headwater/messaging';
import { ENVIRONMENT, type ServiceDefinition } from '@headwater/platform';
import { Authenticate } from './access/authenticate';
import { Directory } from './access/directory';
import { ApiKeys } from './administration/api-keys';
import { DeadLettersController } from './administration/dead-letters.controller';
import { RepublishController } from './administration/republish.controller';
import { SetupController } from './administration/setup.controller';
import { ShowDeadLetters } from './administration/show-dead-letters';
import { Tenants } from './administration/tenants';
import { TenantsController } from './administration/tenants.controller';
import { CampaignsController } from './attribution/campaigns.controller';
import { MappingController } from './converting/mapping.controller';
import { ChannelsController } from './attribution/channels.controller';
import { SpendController } from './attribution/spend.controller';
import { CaptureBatch } from './capture/capture-batch';
import { CaptureLead } from './capture/capture-lead';
import { SubmissionsController } from './capture/submissions.controller';
import { CONNECTORS } from './connectors';
import { COPILOT } from './copilot';
import { Companies } from './enrichment/companies';
import { EnrichmentController } from './enrichment/enrichment.controller';
import { FORMS } from './forms';
import { GATEWAY_CONFIG, gatewayConfig } from './gateway.config';
import { ImportsController } from './imports/imports.controller';
import { SendFile } from './imports/send-file';
import { Inlets } from './inlets/inlets';
import { GatherLead } from './leads/gather-lead';
import { HistoryController } from './leads/history.controller';
import { BatchController } from './leads/batch.controller';
import { LeadsController } from './leads/leads.controller';
import { OutcomeController } from './leads/outcome.controller';
import { PatchLead } from './leads/patch-lead';
import { PendingChangesController } from './leads/pending-changes.controller';
import { ScoreController } from './leads/score.controller';
import { ASSESSING } from './assessing';
import { MATCHING } from './matching';
import { MergingController } from './merging/merging.controller';
import { NURTURING } from './nurturing';
import { prepareHttp } from './prepare-http';
import { QUALIFICATION } from './qualification';
import { RECORDS } from './records';
import { ROUTING } from './routing';
import { SCORING } from './scoring';
import { SIGNALS } from './signals';
import { KeysStore } from './store/keys.store';
import { CreateGateway1763769700000 } from './store/migrations/create-gateway';
import { TenantsStore } from './store/tenants.store';

@Module({
  imports: [MessagingModule.for(null), OperationsModule.for('gateway', null)],
  controllers: [
    LeadsController, BatchController, SubmissionsController, HistoryController, ScoreController, OutcomeController, SetupController,
    TenantsController, DeadLettersController, RepublishController, EnrichmentController, ChannelsController, MappingController, SpendController, CampaignsController,
    PendingChangesController, MergingController,
    ...CONNECTORS.controllers, ...FORMS.controllers, ...MATCHING.controllers, ...QUALIFICATION.controllers,
    ...ROUTING.controllers, ...SCORING.controllers, ...RECORDS.controllers, ...SIGNALS.controllers, ...NURTURING.controllers,
    ...COPILOT.controllers, ...ASSESSING.controllers,
    ImportsController,
  ],
  providers: [
    { provide: GATEWAY_CONFIG, inject: [ENVIRONMENT], useFactory: gatewayConfig },
    TenantsStore, KeysStore, Directory, Authenticate, Tenants, ApiKeys, ShowDeadLetters, CaptureLead, CaptureBatch, Inlets, GatherLead, PatchLead, Companies,
    ...CONNECTORS.providers, ...FORMS.providers, ...MATCHING.providers, ...SIGNALS.providers,
    ...ROUTING.providers,
    SendFile,
  ],
})
export class GatewayModule {}

export const gateway: ServiceDefinition = {
  name: 'gateway',
  module: GatewayModule,
  migrations: [...messagingMigrations, CreateGateway1763769700000],
  commands: messagingCommands,
  prepare: prepareHttp,
};
