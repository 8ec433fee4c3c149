import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateInlets1764144030001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- A way in that a tenant has set up: a form, a connector.
      create table inlet (
        id         bigint generated always as identity primary key,
        tenant_id  text not null,
        kind       text not null,
        name       text not null,
        key        text not null unique,
        secret     text not null,
        settings   jsonb not null,
        -- of inlet.changed: raised with every change
        revision   bigint not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        revoked_at timestamptz
      );
      create index inlet_of_tenant on inlet (tenant_id, kind, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table inlet');
  }
}
