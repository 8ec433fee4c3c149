import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What tenants want of what follows from events; a command brings its tenant's policies along. */
export class KeepPolicies1764300000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table tenant_policy (
        tenant_id text primary key,
        revision  bigint not null,
        policies  jsonb not null
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table tenant_policy');
  }
}
