import type { MigrationInterface, QueryRunner } from 'typeorm';

export class KeepFeatures1764300000701 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What a lead was known to be like, each time it became another: what a model that learns may see as of a decision.
      create table lead_feature (
        tenant_id       text not null,
        lead_id         bigint not null,
        intake_revision bigint not null,
        features        jsonb not null,
        at              timestamptz not null,
        primary key (tenant_id, lead_id, intake_revision)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table lead_feature');
  }
}
