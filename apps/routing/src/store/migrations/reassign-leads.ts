import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reassignments of all open leads of a rep, and how far each has come. */
export class ReassignLeads1764150000402 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- at_lead: leads up to this id are done.
      create table rep_reassignment (
        id           bigint generated always as identity primary key,
        tenant_id    text not null,
        from_id      bigint not null references rep,
        to_id        bigint references rep,
        reason       text,
        started_by   text not null,
        started_at   timestamptz not null default now(),
        done_at      timestamptz,
        at_lead      bigint not null default 0,
        open_leads   bigint not null,
        reassigned   bigint not null default 0,
        unassigned   bigint not null default 0
      );
      create index rep_reassignment_of on rep_reassignment (tenant_id, id);
      create unique index rep_reassignment_running on rep_reassignment (from_id) where done_at is null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table rep_reassignment');
  }
}
