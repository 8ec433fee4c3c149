import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Leads that were scored before their features were kept have none: they are kept when such a lead is scored next. */
export class CompleteFeatures1764400000401 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table lead_score add column has_features boolean not null default false');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table lead_score drop column has_features');
  }
}
