import { KnownAccountsStore } from '../store/known-accounts.store';
import { MatchRecordsStore } from '../store/match-records.store';
import { MatchWorkStore } from '../store/match-work.store';
import { MatchingModelsStore } from '../store/matching-models.store';
import { KnowAccounts1764144010002 } from '../store/migrations/know-accounts';
import { MatchLeads1764144010001 } from '../store/migrations/match-leads';
import { ReviewsStore } from '../store/reviews.store';
import { CompareLeads } from './compare-leads';
import { CountValues } from './count-values';
import { CrowdedKeys } from './crowded-keys';
import { DismissReview } from './dismiss-review';
import { FollowLeads } from './follow-leads';
import { FollowMerges } from './follow-merges';
import { KeyLeads } from './key-leads';
import { KeyedRecords } from './keyed-records';
import { KnowAccounts } from './know-accounts';
import { MatchingMetrics } from './matching-metrics';
import { MatchingModels } from './matching-models';
import { LearnModel } from './learn-model';
import { MatchingController } from './matching.controller';
import { OpenDoubts } from './open-doubts';
import { PreviewCaptures } from './preview-captures';
import { PutModel } from './put-model';
import { ReadReviews } from './read-reviews';

/** Everything that finds, explains and decides duplicates. */
export const MATCHING = {
  controllers: [MatchingController],
  providers: [
    FollowLeads, KeyLeads, KeyedRecords, CompareLeads, CountValues, CrowdedKeys, MatchingModels, MatchingMetrics, OpenDoubts, KnowAccounts,
    ReadReviews, DismissReview, FollowMerges, PreviewCaptures, PutModel, LearnModel,
    MatchRecordsStore, MatchWorkStore, MatchingModelsStore, ReviewsStore, KnownAccountsStore,
  ],
  migrations: [MatchLeads1764144010001, KnowAccounts1764144010002],
};
