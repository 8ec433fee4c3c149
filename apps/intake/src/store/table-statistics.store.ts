import { Injectable } from '@nestjs/common';
import { Database } from '@headwater/platform';

/** Rows more than these, and than half of what was there, and plans are made for another table. */
const FEWEST = 1_000;
const SHARE = 0.5;

/** What PostgreSQL knows of how large our tables are. */
@Injectable()
export class TableStatisticsStore {
  constructor(private readonly database: Database) {}

  /**
   * Analyses tables that have grown by half since somebody did. Autovacuum does the same within a minute or two, in which an import
   * makes a hundred times as many leads as there were, by plans for few.
   */
  async refresh(): Promise<void> {
    const grown = await this.database.query<{ name: string }>(`
      select quote_ident(relname) as name from pg_stat_user_tables
      where schemaname = current_schema() and n_mod_since_analyze > $1 + $2 * (select greatest(reltuples, 0) from pg_class where oid = relid)`,
      [FEWEST, SHARE]);
    for (const { name } of grown) await this.database.query(`analyze ${name}`);
  }
}
