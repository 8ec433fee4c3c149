import type { MigrationInterface, QueryRunner } from 'typeorm';

export class FollowMerges1764144020040 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Who owns the lead itself, while leads are merged into it whose owner it may have. See domain/merged-owner.ts.
      alter table lead_assignment add column own jsonb`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table lead_assignment drop column own');
  }
}
