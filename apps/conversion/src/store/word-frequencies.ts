import { Injectable } from '@nestjs/common';
import type { Database } from '@headwater/platform';

/** PostgreSQL counts anew when a tenth of a table has changed. */
const GOOD_FOR_MS = 5 * 60_000;

/** How many of all records have a word that begins so, as far as PostgreSQL's statistics know: they name the common ones. */
@Injectable()
export class WordFrequencies {
  private known: { until: number; common: Promise<{ word: string; share: number }[]> } = { until: -Infinity, common: Promise.resolve([]) };

  /** @returns for each beginning a share of 0 to 1 or a little more; 0 for a rare one, and as long as nothing is known */
  async of(database: Database, beginnings: string[]): Promise<number[]> {
    if (performance.now() > this.known.until) this.known = { until: performance.now() + GOOD_FOR_MS, common: this.read(database) };
    const common = await this.known.common;
    return beginnings.map((beginning) => common.reduce((sum, { word, share }) => (word.startsWith(beginning) ? sum + share : sum), 0));
  }

  private async read(database: Database): Promise<{ word: string; share: number }[]> {
    try {
      return await database.query<{ word: string; share: number }>(`
        select word, max(share) as share
        from pg_stats cross join unnest(most_common_elems::text::text[], most_common_elem_freqs) as common(word, share)
        where schemaname = current_schema() and tablename in ('account', 'contact') and attname = 'search' and word !~ '^[#=]'
        group by word`);
    } catch (error) {
      this.known.until = -Infinity;
      throw error;
    }
  }
}
