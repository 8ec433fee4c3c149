import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateGateway1763769700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table tenant (
        tenant_id  text primary key check (tenant_id ~ '^[a-z0-9-]{1,40}$'),
        name       text,
        currency   text not null,
        time_zone  text not null,
        picklists  jsonb not null default '{"industries": [], "sources": []}',
        policies   jsonb not null default '{}',
        -- of tenant.changed: raised with every change of the tenant or of its keys
        revision   bigint not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now()
      );
      create table api_key (
        id         bigint generated always as identity primary key,
        tenant_id  text not null references tenant,
        -- SHA-256 of the key, hexadecimal: a key of 256 random bits needs no slow hash
        hash       text not null unique,
        role       text not null,
        name       text not null,
        created_at timestamptz not null default now(),
        revoked_at timestamptz
      );
      create index api_key_of_tenant on api_key (tenant_id, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table api_key, tenant');
  }
}
