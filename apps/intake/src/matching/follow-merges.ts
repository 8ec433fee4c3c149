import { Injectable } from '@nestjs/common';
import type { Tx } from '@headwater/platform';
import { MatchRecordsStore } from '../store/match-records.store';
import { ReviewsStore } from '../store/reviews.store';
import { FollowLeads } from './follow-leads';

/** Keeps reviews and what is compared true to merges. */
@Injectable()
export class FollowMerges {
  constructor(private readonly reviews: ReviewsStore, private readonly records: MatchRecordsStore, private readonly followLeads: FollowLeads) {}

  /**
   * Within the transaction of the merge, once its leads are locked and marked. Reviews among them are merged, what people have said of a
   * loser and others holds for the primary, the losers are found no more, and the primary is looked at as it is now.
   */
  async merged(tx: Tx, merge: { tenant: string; primary: number; losers: number[]; by: string }): Promise<void> {
    const { tenant, primary, losers } = merge;
    await this.reviews.afterMerge(tx, merge);
    await this.records.forget(tx, losers.map((id) => ({ tenant, id })));
    await this.followLeads.follow(tx, [primary, ...losers].map((id) => ({ tenant, id })));
  }

  /** Within the transaction that takes a merge back: all of its leads are looked at anew. */
  unmerged(tx: Tx, tenant: string, leads: number[]): Promise<void> {
    return this.followLeads.follow(tx, leads.map((id) => ({ tenant, id })));
  }
}
