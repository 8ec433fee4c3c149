import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rule sets are drafted, activated, retired and taken back; teams belong to pools, and leads wait for what their rules say. */
export class VersionRuleSets1764150000501 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Neither draft nor active: retired.
      alter table rule_set
        add column id bigint generated always as identity,
        add column draft boolean not null default false,
        add column name text,
        add column activated_at timestamptz,
        add column activated_by text,
        -- the version that was active before this one became so: where a rollback leads
        add column replaced integer;
      update rule_set set activated_at = created_at, activated_by = created_by,
        replaced = (select max(version) from rule_set r where r.tenant_id = rule_set.tenant_id and r.version < rule_set.version);
      create unique index rule_set_id on rule_set (id);

      -- The members of these teams belong to the pool, whoever they are by then.
      alter table pool add column team_ids bigint[] not null default '{}', add column everybody boolean not null default false;
      -- By a team: counts while its rep is in one of the pool's teams.
      alter table pool_member add column by_team boolean not null default false;

      -- What the rule says of the clock; what a lead without an owner waits for, and until when. Almost no lead waits.
      alter table lead_assignment add column sla_policy text, add column waits jsonb, add column waits_until timestamptz;
      create index lead_assignment_waits on lead_assignment (waits_until) where waits_until is not null;
      -- The queue of a tenant, in the order of its pages.
      create index lead_assignment_queue on lead_assignment (tenant_id, lead_id)
      where owner_id is null and converted is null and not awaits_routing;
      drop index lead_assignment_unassigned;

      -- When the managers of a tenant were last told that leads find nobody.
      create table queue_alert (
        tenant_id text primary key,
        told_at   timestamptz not null
      );

      -- A decision is explained from what it was made of: the facts, and the version of the rules.
      alter table decision
        add column facts jsonb,
        add column rule text,
        add column kind text,
        add column left_out jsonb;
      create index decision_at on decision using brin (at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table queue_alert;
      drop index decision_at;
      alter table decision drop column facts, drop column rule, drop column kind, drop column left_out;
      create index lead_assignment_unassigned on lead_assignment (tenant_id)
      where owner_id is null and converted is null and not awaits_routing;
      drop index lead_assignment_queue;
      drop index lead_assignment_waits;
      alter table lead_assignment drop column sla_policy, drop column waits, drop column waits_until;
      alter table pool_member drop column by_team;
      alter table pool drop column team_ids, drop column everybody;
      drop index rule_set_id;
      delete from rule_set where draft;
      alter table rule_set drop column id, drop column draft, drop column name, drop column activated_at, drop column activated_by, drop column replaced;
    `);
  }
}
