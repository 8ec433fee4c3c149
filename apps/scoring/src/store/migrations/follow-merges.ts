import type { MigrationInterface, QueryRunner } from 'typeorm';

export class FollowMerges1764144020030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The most stars among the leads that were merged into this one; its own are in "rating".
      alter table lead_score add column merged_rating smallint`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table lead_score drop column merged_rating');
  }
}
