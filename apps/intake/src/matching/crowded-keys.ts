import { Injectable } from '@nestjs/common';
import { MOST_PER_KEY } from '@headwater/matching';
import type { Queries } from '@headwater/platform';
import { MatchRecordsStore } from '../store/match-records.store';

/** Then they are found out again. */
const MOST_REMEMBERED = 100_000;

/**
 * Who has which key. One that too many share is of no use, and once it is, more who have it change nothing: it is neither looked up
 * nor written again by whoever has seen that. In a large table that is a third of all keys.
 */
@Injectable()
export class CrowdedKeys {
  private readonly crowded = new Set<number>();

  constructor(private readonly records: MatchRecordsStore) {}

  /** Whether it is worth writing and looking up. */
  isWorth(key: number): boolean {
    return !this.crowded.has(key);
  }

  /** The leads that have each of the keys, without those that too many share. */
  async holders(queries: Queries, keys: Iterable<number>): Promise<Map<number, number[]>> {
    const asked = [...new Set(keys)].filter((key) => this.isWorth(key));
    const found = await this.records.holders(queries, asked, MOST_PER_KEY + 1);
    const holders = new Map<number, number[]>();
    found.forEach((ids, i) => {
      if (ids.length <= MOST_PER_KEY) holders.set(asked[i], ids);
      else this.remember(asked[i]);
    });
    return holders;
  }

  private remember(key: number): void {
    if (this.crowded.size >= MOST_REMEMBERED) this.crowded.clear();
    this.crowded.add(key);
  }
}
