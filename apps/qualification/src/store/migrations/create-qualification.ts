import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateQualification1763769700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- One row per lead that qualification has heard of. Its lock orders everything that happens to the lead here.
      create table lead_status (
        tenant_id              text not null,
        lead_id                bigint not null,
        revision               bigint not null,
        status                 text not null
          check (status in ('new', 'contacted', 'nurturing', 'qualified', 'disqualified', 'converted')),
        in_status_since        timestamptz not null,
        lifecycle_stage        text not null
          check (lifecycle_stage in ('suspect', 'lead', 'mql', 'sql', 'opportunity', 'customer')),
        cycle                  integer not null,
        cycle_since            timestamptz not null,
        first_contacted_at     timestamptz,
        qualified_at           timestamptz,
        disqualification_reason text,
        notes                  text,
        scoring_revision       bigint not null,
        score                  jsonb,
        reservation_token      text,
        reservation_holder     text,
        lease_until            timestamptz,
        converted              jsonb,
        primary key (tenant_id, lead_id),
        check ((status = 'converted') = (converted is not null)),
        check ((status = 'disqualified') = (disqualification_reason is not null)),
        check (reservation_token is null or status = 'qualified'),
        check ((reservation_token is null) = (lease_until is null))
      ) with (fillfactor = 80); -- room for the score, which comes next
      -- How leads went from status to status, append-only.
      create table transition (
        id             bigint generated always as identity primary key,
        tenant_id      text not null,
        lead_id        bigint not null,
        from_status    text not null,
        to_status      text not null,
        cause          text not null,
        actor          text not null,
        reason         text,
        notes          text,
        at             timestamptz not null,
        ms_in_previous bigint not null check (ms_in_previous >= 0)
      );
      create index on transition (tenant_id, lead_id);
      -- What people judged, append-only; the latest is in force.
      create table assessment (
        id        bigint generated always as identity primary key,
        tenant_id text not null,
        lead_id   bigint not null,
        qualified boolean not null,
        reason    text,
        notes     text,
        by        text not null,
        at        timestamptz not null
      );
      create index on assessment (tenant_id, lead_id);
      create table note (
        seq       bigint generated always as identity primary key,
        id        uuid not null unique,
        tenant_id text not null,
        lead_id   bigint not null,
        author    text not null,
        cause     text not null,
        text      text not null,
        at        timestamptz not null
      );
      create index on note (tenant_id, lead_id);
      -- Commands that changed something, so that their repetition changes nothing more.
      create table command (
        tenant_id  text not null,
        command_id text not null,
        lead_id    bigint not null,
        at         timestamptz not null default now(),
        primary key (tenant_id, lead_id, command_id)
      );
      -- How reservations ended, so that settling repeats and a late reservation doesn't come back.
      create table settlement (
        tenant_id text not null,
        lead_id   bigint not null,
        token     text not null,
        outcome   text not null check (outcome in ('done', 'aborted')),
        at        timestamptz not null default now(),
        primary key (tenant_id, lead_id, token)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table settlement, command, note, assessment, transition, lead_status');
  }
}
