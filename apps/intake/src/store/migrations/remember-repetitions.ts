import type { MigrationInterface, QueryRunner } from 'typeorm';

export class RememberRepetitions1763776800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Submissions that came by the spool and were found to be another one's repetition, by their Idempotency-Key.
      create table repetition (
        tenant_id     text not null,
        id            uuid not null,
        submission_id uuid not null,
        at            timestamptz not null default now(),
        primary key (tenant_id, id)
      );
      create index repetition_by_age on repetition (at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table repetition');
  }
}
