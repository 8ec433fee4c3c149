import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Leads whose signals are told of: those that are nurtured. */
export class KnowNurtured1764300000302 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table nurtured_lead (
        tenant_id text not null,
        lead_id   bigint not null,
        number    integer not null,
        since     timestamptz not null,
        is_over   boolean not null,
        primary key (tenant_id, lead_id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table nurtured_lead');
  }
}
