import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddEnrichment1764144060000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- By field: which provider gave the value, how sure it is, and when. It is nobody's word: whoever gives another value takes it out.
      alter table lead add column enriched jsonb not null default '{}';

      create table enrichment_setup (
        tenant_id  text primary key,
        version    integer not null,
        document   jsonb not null,
        -- keys of providers, by name: written by admins, used, and never read out
        secrets    jsonb not null default '{}',
        -- the upload of companies that is used
        companies  uuid,
        updated_at timestamptz not null default now(),
        updated_by text not null
      );

      -- What an admin uploaded of companies. Rows of a table that is being uploaded, or was replaced, are nobody's.
      create table enrichment_company (
        tenant_id  text not null,
        upload_id  uuid not null,
        line       integer not null,
        domain     text,
        name_key   text,
        fields     jsonb not null,
        added_at   timestamptz not null default now(),
        primary key (tenant_id, upload_id, line)
      );
      create index enrichment_company_by_domain on enrichment_company (tenant_id, upload_id, domain) where domain is not null;
      create index enrichment_company_by_name on enrichment_company (tenant_id, upload_id, name_key) where name_key is not null;

      -- Leads that are to be enriched, each once. A claim is good until it runs out: who worked on it has died by then.
      create table enrichment_job (
        id             bigint generated always as identity primary key,
        tenant_id      text not null,
        lead_id        bigint not null references lead (id),
        lane           text not null,
        -- settings of the tenant, as they were when it was asked for
        tenant         jsonb not null,
        correlation_id text not null,
        traceparent    text,
        due_at         timestamptz not null default now(),
        tries          integer not null default 0,
        -- of the providers that have answered, while others are tried again
        answers        jsonb not null default '[]',
        claim          uuid,
        claimed_until  timestamptz,
        unique (tenant_id, lead_id)
      );
      create index enrichment_job_due on enrichment_job (lane desc, due_at, id);

      create table enrichment_attempt (
        id         bigint generated always as identity primary key,
        tenant_id  text not null,
        lead_id    bigint not null,
        job_id     bigint not null,
        provider   text not null,
        outcome    text not null,
        code       text,
        from_cache boolean not null default false,
        cost       integer not null default 0,
        at         timestamptz not null default now(),
        ended_at   timestamptz
      );
      create index enrichment_attempt_of_lead on enrichment_attempt (tenant_id, lead_id, id);
      create index enrichment_attempt_by_age on enrichment_attempt (at);

      -- What was found the last time and fills nothing.
      create table enrichment_result (
        tenant_id   text not null,
        lead_id     bigint not null,
        shown       jsonb not null,
        enriched_at timestamptz not null default now(),
        primary key (tenant_id, lead_id)
      );

      -- Answers of providers by what they were asked, of which only a hash is kept: it may hold an address of a person.
      create table enrichment_cache (
        tenant_id  text not null,
        question   bytea not null,
        -- null while whoever has the claim is asking
        facts      jsonb,
        claim      uuid,
        expires_at timestamptz not null,
        primary key (tenant_id, question)
      );
      create index enrichment_cache_by_age on enrichment_cache (expires_at);

      create table enrichment_spending (
        tenant_id text not null,
        provider  text not null,
        period    text not null,
        amount    bigint not null,
        at        timestamptz not null default now(),
        primary key (tenant_id, provider, period)
      );
      create index enrichment_spending_by_age on enrichment_spending (at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table enrichment_spending, enrichment_cache, enrichment_result, enrichment_attempt, enrichment_job, enrichment_company, enrichment_setup;
      alter table lead drop column enriched;
    `);
  }
}
