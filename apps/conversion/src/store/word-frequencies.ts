import { Injectable } from '@nestjs/common';
import type { Database } from '@headwater/platform';

/** PostgreSQL counts anew when a tenth of a table has changed. */
const GOOD_FOR_MS = 5 * 60_000;

interface Common { words: { word: string; share: number }[]; others: Map<string, number> }
const NOTHING: Common = { words: [], others: new Map() };

/** How many of all records have a word that begins so, or another lexeme of the index, as far as PostgreSQL's statistics know: they name the common ones. */
@Injectable()
export class WordFrequencies {
  private known: { until: number; common: Promise<Common> } = { until: -Infinity, common: Promise.resolve(NOTHING) };

  /** @returns for each beginning a share of 0 to 1 or a little more; 0 for a rare one, and as long as nothing is known */
  async of(database: Database, beginnings: string[]): Promise<number[]> {
    const { words } = await this.common(database);
    return beginnings.map((beginning) => words.reduce((sum, { word, share }) => (word.startsWith(beginning) ? sum + share : sum), 0));
  }

  /** The same of lexemes that are no words: four digits in a row, or a tenant's. */
  async ofOthers(database: Database, lexemes: string[]): Promise<number[]> {
    const known = (await this.common(database)).others;
    return lexemes.map((lexeme) => known.get(lexeme) ?? 0);
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
          and word is not null -- after the shares of the words come those of the rarest, of the most common one, and of none
        group by word`);
      const isWord = ({ word }: { word: string }): boolean => !/^[#=]/.test(word);
      return { words: rows.filter(isWord), others: new Map(rows.filter((row) => !isWord(row)).map(({ word, share }) => [word, share])) };
    } catch (error) {
      this.known.until = -Infinity;
      throw error;
    }
  }
}
