import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reps with what they know and how much they may get, teams with managers, territories, leave, and who changed what of it. */
export class KeepPeopleAndPlaces1764150000401 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- max_per_window: {"day": 20}. calendar_id: of its working hours; always at work where it is null.
      alter table rep add column skills text[] not null default '{}', add column languages text[] not null default '{}',
        add column max_per_window jsonb not null default '{}', add column calendar_id bigint,
        add column updated_at timestamptz not null default now();
      -- managers: [{"user_id", "name", "email"}], who are told when something escalates; they may be reps, or not.
      alter table team add column managers jsonb not null default '[]', add column calendar_id bigint,
        add column updated_at timestamptz not null default now();
      alter table pool add column options jsonb;

      create table territory (
        id          bigint generated always as identity primary key,
        tenant_id   text not null,
        name        text not null,
        parent_id   bigint references territory,
        countries   text[] not null default '{}',
        regions     text[] not null default '{}',
        postal      jsonb not null default '[]',
        account_ids bigint[] not null default '{}',
        domains     text[] not null default '{}',
        owner_ids   bigint[] not null default '{}',
        team_id     bigint references team,
        active      boolean not null default true,
        updated_at  timestamptz not null default now(),
        unique (tenant_id, name)
      );
      -- When a rep is away; the end is the first moment that they are back.
      create table leave (
        id         bigint generated always as identity primary key,
        tenant_id  text not null,
        rep_id     bigint not null references rep,
        starts_at  timestamptz not null,
        ends_at    timestamptz not null,
        active     boolean not null default true,
        updated_at timestamptz not null default now(),
        check (starts_at < ends_at)
      );
      create index leave_of_rep on leave (tenant_id, rep_id, ends_at) where active;

      -- How many leads routing gave a rep in the present hour, day, … of theirs. Moves under the tenant's rotation lock only.
      create table rep_window (
        tenant_id  text not null,
        rep_id     bigint not null references rep,
        per        text not null,
        began      text not null,
        taken      bigint not null,
        primary key (rep_id, per)
      ) with (fillfactor = 50);
      -- Raised with every change of people and places, so that replicas know when what they have in memory is old.
      create table people_version (
        tenant_id text primary key,
        version   bigint not null
      );
      create table routing_change (
        id        bigint generated always as identity primary key,
        tenant_id text not null,
        at        timestamptz not null default now(),
        actor     text not null,
        kind      text not null,
        record_id bigint not null,
        action    text not null,
        before    jsonb,
        after     jsonb
      );
      create index routing_change_of on routing_change (tenant_id, kind, record_id, id);
      create index routing_change_at on routing_change (tenant_id, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table routing_change, people_version, rep_window, leave, territory;
      alter table pool drop column options;
      alter table team drop column managers, drop column calendar_id, drop column updated_at;
      alter table rep drop column skills, drop column languages, drop column max_per_window, drop column calendar_id, drop column updated_at;
    `);
  }
}
