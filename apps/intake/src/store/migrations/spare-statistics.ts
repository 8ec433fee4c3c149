import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * No plan asks what values documents and lists of keys have, and to look into those of 30,000 rows, again and again while an import runs, took as long as
 * writing the leads.
 */
export class SpareStatistics1764500009001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table lead alter column profile set statistics 0, alter column facts set statistics 0, alter column attribution set statistics 0,
        alter column edited set statistics 0, alter column enriched set statistics 0, alter column pending set statistics 0;
      alter table submission alter column payload set statistics 0, alter column raw set statistics 0;
      alter table touch alter column utm set statistics 0, alter column click_ids set statistics 0;
      alter table match_record alter column record set statistics 0, alter column keys set statistics 0;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table match_record alter column record set statistics -1, alter column keys set statistics -1;
      alter table touch alter column utm set statistics -1, alter column click_ids set statistics -1;
      alter table submission alter column payload set statistics -1, alter column raw set statistics -1;
      alter table lead alter column profile set statistics -1, alter column facts set statistics -1, alter column attribution set statistics -1,
        alter column edited set statistics -1, alter column enriched set statistics -1, alter column pending set statistics -1;
    `);
  }
}
