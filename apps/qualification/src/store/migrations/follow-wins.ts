import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A lead whose deal was won is a customer, whichever is heard of first. */
export class FollowWins1764300000102 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table lead_status add column won_at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table lead_status drop column won_at');
  }
}
