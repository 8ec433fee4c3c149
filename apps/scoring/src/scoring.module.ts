import { Module } from '@nestjs/common';
import { LeadTies, messagingCommands, MessagingModule, messagingMigrations, OperationsModule, tiesMigrations } from '@headwater/messaging';
import type { ServiceDefinition } from '@headwater/platform';
import { AUDIT } from './audit';
import { DECAY } from './decay';
import { ExpireOverrides } from './expire-overrides';
import { ExplainScore } from './explain-score';
import { FollowMerges } from './follow-merges';
import { HoldScore } from './hold-score';
import { KnowLeads } from './know-leads';
import { LockScore } from './lock-score';
import { OverrideScore } from './override-score';
import { ConvertingController } from './converting/converting.controller';
import { MODELS } from './models';
import { RateLead } from './rate-lead';
import { ReadScores } from './read-scores';
import { RepublishScores } from './republish-scores';
import { RescoreLeads } from './rescore-leads';
import { ScoreLeads } from './score-leads';
import { ScoreMetrics } from './score-metrics';
import { ScoringController } from './scoring.controller';
import { ScoringSubscriptions } from './scoring.subscriptions';
import { SIGNALS } from './signals';
import { EvidenceStore } from './store/evidence.store';
import { CompleteFeatures1764400000401 } from './store/migrations/complete-features';
import { CreateScoring1763769700000 } from './store/migrations/create-scoring';
import { ExpireOverrides1764150000303 } from './store/migrations/expire-overrides';
import { FollowMerges1764144020030 } from './store/migrations/follow-merges';
import { KeepFeatures1764300000701 } from './store/migrations/keep-features';
import { ModelsStore } from './store/models.store';
import { PastStore } from './store/past.store';
import { ScoresStore } from './store/scores.store';

@Module({
  imports: [
    MessagingModule.for(ScoringSubscriptions, [{ table: 'applied_command', column: 'at', days: 2 }, ...MODELS.retentions, ...SIGNALS.retentions, ...AUDIT.retentions]),
    OperationsModule.for('scoring', RepublishScores),
  ],
  controllers: [ScoringController, ...MODELS.controllers, ...AUDIT.controllers, ...SIGNALS.controllers, ConvertingController],
  providers: [
    ScoringSubscriptions,
    ScoreLeads, RescoreLeads, ScoreMetrics, KnowLeads, ReadScores, ExplainScore, HoldScore, OverrideScore, ExpireOverrides, RateLead, LockScore, FollowMerges, LeadTies, RepublishScores,
    ModelsStore, ScoresStore, EvidenceStore, PastStore,
    ...MODELS.providers,
    ...AUDIT.providers,
    ...SIGNALS.providers,
    ...DECAY.providers,
  ],
})
export class ScoringModule {}

export const scoring: ServiceDefinition = {
  name: 'scoring',
  module: ScoringModule,
  migrations: [
    ...messagingMigrations, CreateScoring1763769700000, ...tiesMigrations, FollowMerges1764144020030, ExpireOverrides1764150000303,
    ...MODELS.migrations, ...AUDIT.migrations, ...SIGNALS.migrations, ...DECAY.migrations, KeepFeatures1764300000701, CompleteFeatures1764400000401,
  ],
  commands: messagingCommands,
};
