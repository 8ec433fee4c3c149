import type { MigrationInterface, QueryRunner } from 'typeorm';

export class RememberDismissals1764400000502 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Somebody has said of a pair that it is none, though it is open again: no merge without a person joins it.
      alter table duplicate_review add column was_dismissed boolean not null default false;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table duplicate_review drop column was_dismissed');
  }
}
