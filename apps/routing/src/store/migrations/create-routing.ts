import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables of this service. */
export class CreateRouting1763769700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table team (
        id        bigint generated always as identity primary key,
        tenant_id text not null,
        name      text not null,
        active    boolean not null default true,
        unique (tenant_id, name)
      );
      create table rep (
        id             bigint generated always as identity primary key,
        tenant_id      text not null,
        user_id        text not null,
        name           text not null,
        email          text,
        team_id        bigint references team,
        time_zone      text not null,
        weight         integer not null check (weight > 0),
        active         boolean not null,
        max_open_leads integer,
        unique (tenant_id, user_id)
      );
      create table pool (
        id        bigint generated always as identity primary key,
        tenant_id text not null,
        name      text not null,
        strategy  text not null,
        active    boolean not null default true,
        unique (tenant_id, name)
      );
      -- Who is in a pool, and where its rotation stands. Counters move under the tenant's rotation lock only.
      create table pool_member (
        tenant_id      text not null,
        pool_id        bigint not null references pool,
        rep_id         bigint not null references rep,
        position       integer not null,
        active         boolean not null default true,
        picks          bigint not null default 0,
        turn           bigint not null default 0,
        current_weight bigint not null default 0,
        primary key (pool_id, rep_id)
      );
      create index pool_member_tenant on pool_member (tenant_id);
      -- Every setup that was put, whole; its rules are those of the one that is active.
      create table rule_set (
        tenant_id  text not null,
        version    integer not null,
        document   jsonb not null,
        active     boolean not null,
        created_at timestamptz not null default now(),
        created_by text not null,
        primary key (tenant_id, version)
      );
      create unique index rule_set_active on rule_set (tenant_id) where active;
      -- One row per lead that this service has heard of.
      create table lead_assignment (
        tenant_id        text not null,
        lead_id          bigint not null,
        revision         bigint not null default 1,
        intake_revision  bigint not null default 0,
        facts            jsonb,
        scoring_revision bigint not null default 0,
        score            jsonb,
        owner_id         bigint references rep,
        team_id          bigint references team,
        priority         text not null default 'normal',
        priority_by      text not null default 'temperature',
        next_follow_up   date,
        because          text,
        decision_id      bigint,
        awaits_routing   boolean not null default true,
        routed_at        timestamptz,
        converted        jsonb,
        primary key (tenant_id, lead_id)
      );
      create index lead_assignment_open on lead_assignment (tenant_id, owner_id) where converted is null and owner_id is not null;
      -- Every decision as it was made; the key makes it one per lead and cause.
      create table decision (
        id               bigint generated always as identity primary key,
        tenant_id        text not null,
        lead_id          bigint not null,
        key              text not null,
        cause            text not null,
        because          text not null,
        actor            text,
        rule_set_version integer,
        rules            jsonb not null,
        pool             text,
        strategy         text,
        candidates       jsonb not null,
        picked           jsonb,
        at               timestamptz not null default now(),
        unique (tenant_id, lead_id, key)
      );
      -- Each time the stars of a lead went up to four or five, until its effects have happened and after.
      create table rating_rise (
        tenant_id        text not null,
        lead_id          bigint not null,
        scoring_revision bigint not null,
        rating           integer not null,
        at               timestamptz not null default now(),
        applied_at       timestamptz,
        primary key (tenant_id, lead_id, scoring_revision)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table rating_rise, decision, lead_assignment, rule_set, pool_member, pool, rep, team');
  }
}
