import type { MigrationInterface, QueryRunner } from 'typeorm';

export class KnowAccounts1764144010002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What of conversion's accounts and contacts says that somebody who comes in is known to one.
      create table known_account (
        tenant_id  text not null,
        account_id bigint not null,
        revision   bigint not null,
        name       text not null,
        domain     text,
        owner_id   bigint,
        primary key (tenant_id, account_id)
      );
      create index known_account_domain on known_account (tenant_id, domain) where domain is not null;

      create table known_contact (
        tenant_id  text not null,
        contact_id bigint not null,
        revision   bigint not null,
        account_id bigint not null,
        email      text,                  -- as it is matched
        primary key (tenant_id, contact_id)
      );
      create index known_contact_email on known_contact (tenant_id, email) where email is not null;

      -- The account of a person who is new to it.
      alter table lead add column account jsonb;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table lead drop column account; drop table known_contact, known_account');
  }
}
