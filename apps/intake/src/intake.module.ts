import { Module } from '@nestjs/common';
import { messagingCommands, MessagingModule, messagingMigrations, OperationsModule } from '@headwater/messaging';
import { ENVIRONMENT, type ServiceDefinition } from '@headwater/platform';
import { ATTRIBUTION } from './attribution';
import { CaptureLeads } from './capture-leads';
import { CaptureMetrics } from './capture-metrics';
import { CONNECTORS } from './connectors';
import { ENRICHMENT } from './enrichment';
import { FindLeads } from './find-leads';
import { FindRepetitions } from './find-repetitions';
import { IMPORTS } from './imports';
import { INLETS } from './inlets';
import { INTAKE_CONFIG, intakeConfig } from './intake.config';
import { IntakeController } from './intake.controller';
import { IntakeSubscriptions } from './intake.subscriptions';
import { LockLeads } from './lock-leads';
import { MAIL_DOMAINS } from './mail-domains';
import { MATCHING } from './matching';
import { CONVERTING } from './converting';
import { MERGING } from './merging';
import { PENDING } from './pending';
import { ReadLeads } from './read-leads';
import { RepublishLeads } from './republish-leads';
import { LeadKeysStore } from './store/lead-keys.store';
import { LeadsStore } from './store/leads.store';
import { CreateIntake1763773200000 } from './store/migrations/create-intake';
import { ExtendSubmissionLog1764144000000 } from './store/migrations/extend-submission-log';
import { RememberRepetitions1763776800000 } from './store/migrations/remember-repetitions';
import { KnowCustomers1764300000504 } from './store/migrations/know-customers';
import { SpareChecks1764150009001 } from './store/migrations/spare-checks';
import { SayWhyHeld1764500009002 } from './store/migrations/say-why-held';
import { SpareStatistics1764500009001 } from './store/migrations/spare-statistics';
import { SubmissionsStore } from './store/submissions.store';
import { SUBMISSIONS } from './submissions';
import { TakeInSpooled } from './take-in-spooled';
import { UpdateLead } from './update-lead';

/** Longer than anybody may still ask with what a 202 gave them. */
const RETENTIONS = [{ table: 'repetition', column: 'at', days: 30 }, ...SUBMISSIONS.retentions, ...ENRICHMENT.retentions, ...IMPORTS.retentions, ...CONNECTORS.retentions];

@Module({
  imports: [MessagingModule.for(IntakeSubscriptions, RETENTIONS), OperationsModule.for('intake', RepublishLeads)],
  controllers: [IntakeController, ...INLETS.controllers, ...ATTRIBUTION.controllers, ...PENDING.controllers, ...SUBMISSIONS.controllers, ...MATCHING.controllers, ...ENRICHMENT.controllers, ...IMPORTS.controllers,
    ...CONVERTING.controllers, ...MERGING.controllers, ...CONNECTORS.controllers],
  providers: [
    { provide: INTAKE_CONFIG, inject: [ENVIRONMENT], useFactory: intakeConfig },
    CaptureLeads, CaptureMetrics, TakeInSpooled, UpdateLead, LockLeads, ReadLeads, RepublishLeads, LeadsStore, SubmissionsStore, IntakeSubscriptions,
    FindRepetitions, FindLeads, LeadKeysStore, ...INLETS.providers, ...ATTRIBUTION.providers, ...PENDING.providers, ...SUBMISSIONS.providers, ...MATCHING.providers, ...ENRICHMENT.providers, ...MAIL_DOMAINS.providers,
    ...IMPORTS.providers, ...MERGING.providers, ...CONVERTING.providers, ...CONNECTORS.providers,
  ],
})
export class IntakeModule {}

export const intake: ServiceDefinition = {
  name: 'intake', module: IntakeModule,
  migrations: [
    ...messagingMigrations, CreateIntake1763773200000, RememberRepetitions1763776800000, ExtendSubmissionLog1764144000000,
    ...INLETS.migrations, ...ATTRIBUTION.migrations, ...PENDING.migrations, ...SUBMISSIONS.migrations, ...MATCHING.migrations, ...ENRICHMENT.migrations,
    ...IMPORTS.migrations, ...MERGING.migrations, ...CONNECTORS.migrations, SpareChecks1764150009001, KnowCustomers1764300000504, SpareStatistics1764500009001,
    SayWhyHeld1764500009002,
  ],
  commands: messagingCommands,
};
