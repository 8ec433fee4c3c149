import type { MigrationInterface, QueryRunner } from 'typeorm';

export class MatchLeads1764144010001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Leads that are new or have another identity by now, written with them. First their keys are stored, then, in a later
      -- transaction, they are compared: see docs/adr/0011. Rows are only added: who adds one waits for nobody who works on another.
      create table match_work (
        bulk      boolean not null,
        id        bigint generated always as identity,
        tenant_id text not null,
        lead_id   bigint not null,
        keyed     boolean not null default false,
        at        timestamptz not null default now(),
        primary key (bulk, id)
      ) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000); -- marked in place; soon gone

      -- What is compared of a lead, normalised, and the keys it is found by.
      create table match_record (
        tenant_id      text not null,
        lead_id        bigint not null,
        revision       bigint not null,   -- of the lead that it was made of
        identity       bigint not null,   -- hash of what says who it is
        former_lead_id bigint,            -- the converted lead that it is known to follow
        record         jsonb not null,
        keys           bigint[] not null,
        primary key (tenant_id, lead_id)
      );

      -- Who is worth comparing: a row for each key of a lead. The key is a hash with the tenant in it; so rows are small, and there
      -- are some twenty for a lead.
      create table blocking_key (
        key     bigint not null,
        lead_id bigint not null,
        primary key (key, lead_id)
      );

      -- How common values are among a tenant's leads, as some of them show; counted again when there are a quarter more.
      create table match_statistics (
        tenant_id text primary key,
        version   integer not null,
        records   bigint not null,
        document  jsonb not null,
        taken_at  timestamptz not null default now()
      );

      -- How a tenant's leads are matched. A version never changes; one of them is active; without one the defaults hold.
      create table matching_model (
        tenant_id  text not null,
        version    integer not null,
        active     boolean not null,
        document   jsonb not null,
        created_at timestamptz not null default now(),
        created_by text not null,
        primary key (tenant_id, version)
      );
      create unique index matching_model_active on matching_model (tenant_id) where active;

      -- Two leads that may be one person's, once for each pair.
      create table duplicate_review (
        id            bigint generated always as identity primary key,
        tenant_id     text not null,
        low_id        bigint not null,
        high_id       bigint not null,
        status        text not null,       -- open, dismissed, merged, withdrawn
        band          text not null,
        probability   double precision not null,
        bits          double precision not null,
        evidence      jsonb not null,
        doubt         text,                -- why a submission was not taken for the other lead's, where that opened it
        model_version integer not null,
        low_identity  bigint,              -- of the leads as they were compared last
        high_identity bigint,
        opened_at     timestamptz not null default now(),
        updated_at    timestamptz not null default now(),
        decided_at    timestamptz,
        decided_by    text,
        reason        text,
        unique (tenant_id, low_id, high_id),
        check (low_id < high_id)
      );
      create index duplicate_review_of_high on duplicate_review (tenant_id, high_id);
      create index duplicate_review_queue on duplicate_review (tenant_id, status, probability desc, id desc);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table duplicate_review, matching_model, match_statistics, blocking_key, match_record, match_work');
  }
}
