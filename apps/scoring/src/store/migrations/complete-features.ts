import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Of which revision of intake's the features of a lead are kept: of none where it was scored before they were, of an older one where a build
 * from before that has scored it since. They are kept when such a lead is scored next.
 */
export class CompleteFeatures1764400000401 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table lead_score add column features_revision bigint');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table lead_score drop column features_revision');
  }
}
