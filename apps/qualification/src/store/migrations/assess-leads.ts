import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A judgement says what is known, element by element; notes are read into proposals; frameworks and gates are documents. */
export class AssessLeads1764300000201 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Where the lead stood by a framework when it was judged. Not every judgement decides whether it is qualified.
      alter table assessment
        alter column qualified drop not null,
        add column framework text,
        add column framework_version integer,
        add column summary jsonb;
      -- What was said of each element, append-only; the latest of an element is in force.
      create table assessed_element (
        id            bigint generated always as identity primary key,
        tenant_id     text not null,
        lead_id       bigint not null,
        assessment_id bigint not null references assessment,
        framework     text not null,
        element       text not null,
        status        text not null check (status in ('unknown', 'weak', 'partial', 'confirmed')),
        value         text,
        details       jsonb,
        evidence      jsonb not null,
        confidence    double precision check (confidence between 0 and 1),
        by            text not null,
        at            timestamptz not null,
        proposal_id   bigint
      );
      create index on assessed_element (tenant_id, lead_id);
      create index on assessed_element (assessment_id);
      -- What notes were read to say. A person decides about it once.
      create table element_proposal (
        id          bigint generated always as identity primary key,
        tenant_id   text not null,
        lead_id     bigint not null,
        framework   text not null,
        element     text not null,
        status      text not null check (status in ('unknown', 'weak', 'partial', 'confirmed')),
        value       text,
        details     jsonb,
        evidence    jsonb not null,
        confidence  double precision check (confidence between 0 and 1),
        by          text not null,
        at          timestamptz not null,
        state       text not null default 'open' check (state in ('open', 'accepted', 'dismissed')),
        decided_by  text,
        decided_at  timestamptz,
        check ((state = 'open') = (decided_at is null))
      );
      create index on element_proposal (tenant_id, lead_id);
      -- Ways of judging, besides those that are built in; the newest version of a name is in force.
      create table framework (
        tenant_id  text not null,
        name       text not null,
        version    integer not null,
        document   jsonb not null,
        created_at timestamptz not null default now(),
        created_by text not null,
        primary key (tenant_id, name, version)
      );
      -- What it takes to qualify a lead; the newest version is in force.
      create table gate_policy (
        tenant_id  text not null,
        version    integer not null,
        document   jsonb not null,
        created_at timestamptz not null default now(),
        created_by text not null,
        primary key (tenant_id, version)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table gate_policy, framework, element_proposal, assessed_element;
      delete from assessment where qualified is null;
      alter table assessment
        drop column summary, drop column framework_version, drop column framework, alter column qualified set not null`);
  }
}
