import { LikelyPairsStore } from '../store/likely-pairs.store';
import { MergePoliciesStore } from '../store/merge-policies.store';
import { MergedLeadsStore } from '../store/merged-leads.store';
import { MergesStore } from '../store/merges.store';
import { CreateMerges1764144020020 } from '../store/migrations/create-merges';
import { MergeLikely1764400000501 } from '../store/migrations/merge-likely';
import { RememberDismissals1764400000502 } from '../store/migrations/remember-dismissals';
import { TenantSettingsStore } from '../store/tenant-settings.store';
import { FindPrimaries } from './find-primaries';
import { HoldReservation } from './hold-reservation';
import { KeepSettings } from './keep-settings';
import { LockLeadsAndKeys } from './lock-leads-and-keys';
import { MergeLeads } from './merge-leads';
import { JudgeLikely } from './judge-likely';
import { LikelyMetrics } from './likely-metrics';
import { MergeLikely } from './merge-likely';
import { MergePolicies } from './merge-policies';
import { MergeReview } from './merge-review';
import { MergingController } from './merging.controller';
import { NewsOfMerge } from './news-of-merge';
import { PreviewMerge } from './preview-merge';
import { ReadMerges } from './read-merges';
import { SettleMerge } from './settle-merge';
import { TellOthers } from './tell-others';
import { UnmergeLeads } from './unmerge-leads';
import { WriteMerge } from './write-merge';
import { WriteUnmerge } from './write-unmerge';

/** Several leads of one person become one, and again several. */
export const MERGING = {
  controllers: [MergingController],
  providers: [
    MergesStore, MergePoliciesStore, MergedLeadsStore, FindPrimaries, LockLeadsAndKeys, HoldReservation, MergePolicies, NewsOfMerge, TellOthers,
    PreviewMerge, MergeLeads, MergeReview, WriteMerge, UnmergeLeads, WriteUnmerge, SettleMerge, ReadMerges,
    MergeLikely, JudgeLikely, LikelyMetrics, KeepSettings, LikelyPairsStore, TenantSettingsStore,
  ],
  migrations: [CreateMerges1764144020020, MergeLikely1764400000501, RememberDismissals1764400000502],
};
