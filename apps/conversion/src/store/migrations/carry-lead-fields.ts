import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the mapping of a tenant carries from leads, who filled what later, and which mapping a conversion went by. */
export class CarryLeadFields1764150000800 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table account add column tags text[], add column custom_fields jsonb, add column filled_by jsonb;
      alter table contact add column tags text[], add column custom_fields jsonb, add column filled_by jsonb,
        -- 0, but for those of a person who is a contact already, made by somebody who may
        add column duplicate_no integer not null default 0;
      alter table customer add column tags text[], add column custom_fields jsonb;
      alter table opportunity add column custom_fields jsonb, add column filled_by jsonb;
      -- null: before there were mappings; 0: the one that every tenant begins with
      alter table conversion add column mapping_version integer;

      create unique index contact_email_no on contact (tenant_id, email_normalised, duplicate_no) where email_normalised is not null;
      drop index contact_email;

      -- The highest version of a tenant counts; one without any has the mapping that all begin with.
      create table conversion_mapping (
        tenant_id     text not null,
        version       integer not null,
        document      jsonb not null,
        restored_from integer,
        created_by    text not null,
        created_at    timestamptz not null default now(),
        primary key (tenant_id, version)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table conversion_mapping;
      create unique index contact_email on contact (tenant_id, email_normalised) where email_normalised is not null;
      drop index contact_email_no;
      alter table conversion drop column mapping_version;
      alter table opportunity drop column custom_fields, drop column filled_by;
      alter table customer drop column tags, drop column custom_fields;
      alter table contact drop column tags, drop column custom_fields, drop column filled_by, drop column duplicate_no;
      alter table account drop column tags, drop column custom_fields, drop column filled_by;
    `);
  }
}
