import { Module } from '@nestjs/common';
import { messagingCommands, MessagingModule, messagingMigrations, OperationsModule } from '@headwater/messaging';
import { ENVIRONMENT, type ServiceDefinition } from '@headwater/platform';
import { ConversionMetrics } from './conversion-metrics';
import { CONVERSION_CONFIG, conversionConfig } from './conversion.config';
import { ConversionController } from './conversion.controller';
import { ConversionSubscriptions } from './conversion.subscriptions';
import { ConvertLead } from './convert-lead';
import { BindTargets } from './converting/bind-targets';
import { BeginConversion } from './converting/begin-conversion';
import { CreateRecords } from './converting/create-records';
import { GatherFacts } from './converting/gather-facts';
import { FindTargets } from './converting/find-targets';
import { JoinRecords } from './converting/join-records';
import { Neighbours } from './converting/neighbours';
import { ReleaseLead } from './converting/release-lead';
import { TellOthers } from './converting/tell-others';
import { WriteConversion } from './converting/write-conversion';
import { CreateOpportunity } from './create-opportunity';
import { FindRecords } from './find-records';
import { FollowOptOuts } from './follow-opt-outs';
import { MAPPING } from './mapping';
import { OPPORTUNITIES } from './opportunities';
import { RECORDS } from './records';
import { PreviewConversion } from './preview-conversion';
import { RepublishRecords } from './republish-records';
import { SettleConversion } from './settle-conversion';
import { ConversionsStore } from './store/conversions.store';
import { OpportunitiesStore } from './store/opportunities.store';
import { RecordsStore } from './store/records.store';
import { RecordsWalk } from './store/records-walk.store';
import { TargetsStore } from './store/targets.store';
import { CarryLeadFields1764150000800 } from './store/migrations/carry-lead-fields';
import { CreateConversion1763770300000 } from './store/migrations/create-conversion';

@Module({
  imports: [MessagingModule.for(ConversionSubscriptions), OperationsModule.for('conversion', RepublishRecords)],
  controllers: [ConversionController, ...MAPPING.controllers, ...RECORDS.controllers, ...OPPORTUNITIES.controllers],
  providers: [
    { provide: CONVERSION_CONFIG, inject: [ENVIRONMENT], useFactory: conversionConfig },
    ConvertLead, PreviewConversion, ConversionMetrics, BeginConversion, GatherFacts, Neighbours, WriteConversion, BindTargets, CreateRecords, FindTargets, JoinRecords, ReleaseLead, TellOthers,
    SettleConversion, FollowOptOuts, ConversionSubscriptions, CreateOpportunity, FindRecords, RepublishRecords,
    ConversionsStore, RecordsStore, RecordsWalk, OpportunitiesStore, TargetsStore,
    ...MAPPING.providers, ...RECORDS.providers, ...OPPORTUNITIES.providers,
  ],
})
export class ConversionModule {}

export const conversion: ServiceDefinition = {
  name: 'conversion',
  module: ConversionModule,
  migrations: [...messagingMigrations, CreateConversion1763770300000, ...OPPORTUNITIES.migrations, ...RECORDS.migrations, CarryLeadFields1764150000800],
  commands: messagingCommands,
};
