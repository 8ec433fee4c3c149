import { Module } from '@nestjs/common';
import { CreateMessaging1763769600000, MessagingModule } from '@headwater/messaging';
import type { ServiceDefinition } from '@headwater/platform';
import { CaptureLeads } from './capture-leads';
import { IntakeController } from './intake.controller';
import { IntakeSubscriptions } from './intake.subscriptions';
import { LockLeads } from './lock-leads';
import { ReadLeads } from './read-leads';
import { LeadsStore } from './store/leads.store';
import { CreateIntake1763773200000 } from './store/migrations/create-intake';
import { SubmissionsStore } from './store/submissions.store';
import { UpdateLead } from './update-lead';

@Module({
  imports: [MessagingModule.for(IntakeSubscriptions)],
  controllers: [IntakeController],
  providers: [CaptureLeads, UpdateLead, LockLeads, ReadLeads, LeadsStore, SubmissionsStore, IntakeSubscriptions],
})
export class IntakeModule {}

export const intake: ServiceDefinition = {
  name: 'intake', module: IntakeModule, migrations: [CreateMessaging1763769600000, CreateIntake1763773200000],
};
