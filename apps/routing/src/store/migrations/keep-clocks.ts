import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Calendars, what clocks go by, the clocks of leads, and what qualification has told of them. */
export class KeepClocks1764150000601 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table calendar (
        id         bigint generated always as identity primary key,
        tenant_id  text not null,
        name       text not null,
        document   jsonb not null,
        is_default boolean not null default false,
        revision   bigint not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        unique (tenant_id, name)
      );
      create unique index calendar_default on calendar (tenant_id) where is_default;
      -- Every document of policies that was put, whole; the newest counts.
      create table sla_policies (
        tenant_id  text not null,
        version    integer not null,
        document   jsonb not null,
        created_at timestamptz not null default now(),
        created_by text not null,
        primary key (tenant_id, version)
      );
      -- What qualification has told of a lead: the newest state, and every contact of which is known.
      create table sla_standing (
        tenant_id text not null,
        lead_id   bigint not null,
        revision  bigint not null,
        status    text not null,
        cycle     integer not null,
        since     timestamptz not null,
        contacts  jsonb not null,
        primary key (tenant_id, lead_id)
      );
      -- remaining: what is left of the time while it is paused; own: what it was before a merge;
      -- steps: null while it was captured, and nothing else. See domain/sla/clock.ts.
      create table sla_clock (
        tenant_id     text not null,
        lead_id       bigint not null,
        number        integer not null,
        cycle         integer not null,
        state         text not null,
        policy        text not null,
        calendar_id   bigint,
        started_at    timestamptz not null,
        opens_at      timestamptz not null,
        warn_at       timestamptz not null,
        due_at        timestamptz not null,
        warned_at     timestamptz,
        breached_at   timestamptz,
        contacted_at  timestamptz,
        ended_at      timestamptz,
        paused_at     timestamptz,
        remaining     jsonb,
        reassignments integer not null,
        own           jsonb,
        steps         jsonb,
        next_at       timestamptz,
        primary key (tenant_id, lead_id, number)
      );
      -- When something happens to a clock by itself: what the sweep looks for. A score or a routing changes none of it.
      create index sla_clock_next on sla_clock (next_at) include (state) where next_at is not null;
      -- Leads that go to another rep because nobody had called; not before whoever has them had the whole time.
      create table sla_reassignment (
        tenant_id text not null,
        lead_id   bigint not null,
        number    integer not null,
        at        timestamptz not null,
        primary key (tenant_id, lead_id, number)
      );
      create index sla_reassignment_at on sla_reassignment (at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table sla_reassignment, sla_clock, sla_standing, sla_policies, calendar');
  }
}
