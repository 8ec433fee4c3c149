import type { MigrationInterface, QueryRunner } from 'typeorm';

export class KeepAudits1764150000302 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- How a deal ended, the last time that it did: it may be opened again, and end otherwise.
      create table deal_end (
        tenant_id      text not null,
        opportunity_id bigint not null,
        lead_id        bigint not null,
        revision       bigint not null,
        outcome        text not null check (outcome in ('won', 'lost')),
        at             timestamptz not null,
        amount         numeric not null,
        currency       text not null,
        primary key (tenant_id, opportunity_id)
      );
      create index deal_end_of_lead on deal_end (tenant_id, lead_id);

      -- The tenants that are audited each day, where they are, and the day of theirs for which it is done.
      create table audit_schedule (
        tenant_id  text primary key,
        time_zone  text not null,
        revision   bigint not null default 0,        -- of the tenant's settings that it was learnt from
        audited_on date
      );

      create table scoring_audit (
        tenant_id  text not null,
        day        date not null,
        report     jsonb not null,
        audited_at timestamptz not null default now(),
        primary key (tenant_id, day)
      );

      -- Of which quarters it was told that a version foretells less than it did.
      create table told_drift (
        tenant_id     text not null,
        model_version integer not null,
        quarter       text not null,
        at            timestamptz not null default now(),
        primary key (tenant_id, model_version, quarter)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table told_drift, scoring_audit, audit_schedule, deal_end');
  }
}
