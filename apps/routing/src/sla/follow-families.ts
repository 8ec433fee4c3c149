import { Injectable } from '@nestjs/common';
import type { Tx } from '@headwater/platform';
import { keyOf, type Assignment } from '../domain/assignment';
import { followFamilies } from '../domain/sla/merged-clocks';
import { ClocksStore } from '../store/clocks.store';

/** The clocks of leads that are merged, or apart again: of those that run the earliest due goes on. */
@Injectable()
export class FollowFamilies {
  constructor(private readonly clocks: ClocksStore) {}

  /** @param leads which are locked, whole families, each with the lead that it belongs to now */
  async follow(tx: Tx, leads: readonly Assignment[]): Promise<void> {
    const { clocks, now } = await this.clocks.lock(tx, leads);
    const newest = [...new Map(clocks.map((clock) => [keyOf(clock), clock])).values()];
    if (newest.length > 0) await this.clocks.write(tx, followFamilies(leads, newest, now));
  }
}
