import type { MigrationInterface, QueryRunner } from 'typeorm';

export class KeepCopilotSettings1764300000400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- How tenants want the copilot to be, append-only; the latest counts. Documents without persons.
      create table copilot_settings (
        tenant_id  text not null,
        version    integer not null,
        document   jsonb not null,
        created_by text not null,
        created_at timestamptz not null default now(),
        primary key (tenant_id, version)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table copilot_settings');
  }
}
