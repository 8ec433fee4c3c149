import type { MigrationInterface, QueryRunner } from 'typeorm';

export class KeepChannelTables1764144080002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The highest version of a tenant counts; one without any has the table that all begin with.
      create table channel_table (
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
    await runner.query('drop table channel_table');
  }
}
