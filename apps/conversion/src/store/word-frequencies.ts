import { Injectable } from '@nestjs/common';
import type { Database } from '@headwater/platform';

/** PostgreSQL counts anew when a tenth of a table has changed. */
const GOOD_FOR_MS = 5 * 60_000;
/** It has counted nothing yet, as after a restore, and may at any moment. */
const NOTHING_GOOD_FOR_MS = 5_000;

interface Common { words: { word: string; share: number }[]; others: Map<string, number>; knowsDigits: boolean }
const NOTHING: Common = { words: [], others: new Map(), knowsDigits: false };

/** How many of all records have a word that begins so, or another lexeme of the index, as far as PostgreSQL's statistics know: they name the common ones. */
@Injectable()
export class WordFrequencies {
  private known: { until: number; common: Promise<Common> } = { until: -Infinity, common: Promise.resolve(NOTHING) };

  /** @returns for each beginning a share of 0 to 1 or a little more; 0 for a rare one, and as long as nothing is known */
  async of(database: Database, beginnings: string[]): Promise<number[]> {
    const { words } = await this.common(database);
    return beginnings.map((beginning) => words.reduce((sum, { word, share }) => (word.startsWith(beginning) ? sum + share : sum), 0));
  }

  /** The same of lexemes that are no words: four digits in a row, or a tenant's; null as long as no digits are known to be common. */
  async ofNumbers(database: Database, lexemes: string[]): Promise<number[] | null> {
    const { others, knowsDigits } = await this.common(database);
    return knowsDigits ? lexemes.map((lexeme) => others.get(lexeme) ?? 0) : null;
  }

  private common(database: Database): Promise<Common> {
    if (performance.now() > this.known.until) this.known = { until: performance.now() + GOOD_FOR_MS, common: this.read(database) };
    return this.known.common;
  }

  private async read(database: Database): Promise<Common> {
    try {
      const rows = await database.query<{ word: string; share: number }>(`
        select word, max(share) as share
        from pg_stats cross join unnest(most_common_elems::text::text[], most_common_elem_freqs) as common(word, share)
        where schemaname = current_schema() and tablename in ('account', 'contact') and attname = 'search'
          and word is not null -- after the shares of the words come those of the rarest and of the most common one
        group by word`);
      const isWord = ({ word }: { word: string }): boolean => !/^[#=]/.test(word);
      if (rows.length === 0) this.known.until = performance.now() + NOTHING_GOOD_FOR_MS;
      return {
        words: rows.filter(isWord), others: new Map(rows.filter((row) => !isWord(row)).map(({ word, share }) => [word, share])),
        knowsDigits: rows.some(({ word }) => word.startsWith('#')),
      };
    } catch (error) {
      this.known.until = -Infinity;
      throw error;
    }
  }
}
