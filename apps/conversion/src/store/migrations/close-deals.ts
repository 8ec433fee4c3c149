import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How deals end, who of the customer's people has a say in them, and when a record was changed last. */
export class CloseDeals1764150000700 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- null: as it was made
      alter table account add column updated_at timestamptz;
      alter table contact add column updated_at timestamptz, add column roles text[];
      alter table customer add column updated_at timestamptz;
      alter table opportunity add column updated_at timestamptz, add column closed_at timestamptz, add column lost_reason text;
      alter table opportunity_stage_history add column value numeric, add column lost_reason text;

      -- The people of the account who have a say in a deal, each in one role.
      create table opportunity_contact_role (
        tenant_id      text not null,
        opportunity_id bigint not null references opportunity,
        contact_id     bigint not null references contact,
        role           text not null,
        is_primary     boolean not null default false,
        created_at     timestamptz not null default now(),
        primary key (opportunity_id, contact_id)
      );
      create unique index opportunity_contact_role_primary on opportunity_contact_role (opportunity_id) where is_primary;
      create index opportunity_contact_role_contact on opportunity_contact_role (contact_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table opportunity_contact_role;
      alter table opportunity_stage_history drop column value, drop column lost_reason;
      alter table opportunity drop column updated_at, drop column closed_at, drop column lost_reason;
      alter table customer drop column updated_at;
      alter table contact drop column updated_at, drop column roles;
      alter table account drop column updated_at;
    `);
  }
}
