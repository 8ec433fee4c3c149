import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ExpireOverrides1764150000303 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table score_override
        add column expires_at timestamptz,
        add column is_ended boolean not null default false;   -- its end was told of
      create index score_override_to_end on score_override (expires_at) where expires_at is not null and not is_ended;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table score_override drop column is_ended, drop column expires_at');
  }
}
