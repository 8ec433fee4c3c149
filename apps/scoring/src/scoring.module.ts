import { Module } from '@nestjs/common';
import { messagingCommands, MessagingModule, messagingMigrations, OperationsModule } from '@headwater/messaging';
import type { ServiceDefinition } from '@headwater/platform';
import { HoldScore } from './hold-score';
import { KnowLeads } from './know-leads';
import { LockScore } from './lock-score';
import { OverrideScore } from './override-score';
import { PutModel } from './put-model';
import { RateLead } from './rate-lead';
import { ReadScores } from './read-scores';
import { RepublishScores } from './republish-scores';
import { RescoreLeads } from './rescore-leads';
import { ScoreLeads } from './score-leads';
import { ScoreMetrics } from './score-metrics';
import { ScoringController } from './scoring.controller';
import { ScoringSubscriptions } from './scoring.subscriptions';
import { EvidenceStore } from './store/evidence.store';
import { CreateScoring1763769700000 } from './store/migrations/create-scoring';
import { ModelsStore } from './store/models.store';
import { ScoresStore } from './store/scores.store';

@Module({
  imports: [MessagingModule.for(ScoringSubscriptions, [{ table: 'applied_command', column: 'at', days: 2 }]), OperationsModule.for('scoring', RepublishScores)],
  controllers: [ScoringController],
  providers: [
    ScoringSubscriptions,
    ScoreLeads, RescoreLeads, ScoreMetrics, KnowLeads, ReadScores, HoldScore, OverrideScore, RateLead, LockScore, PutModel, RepublishScores,
    ModelsStore, ScoresStore, EvidenceStore,
  ],
})
export class ScoringModule {}

export const scoring: ServiceDefinition = {
  name: 'scoring',
  module: ScoringModule,
  migrations: [...messagingMigrations, CreateScoring1763769700000],
  commands: messagingCommands,
};
