import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Calendars that are in their tenant's time zone, whatever that is by then. */
export class FollowTenantZones1764300000502 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- tenant_revision: of the newest change of the tenant that it has heard of.
      alter table calendar add column follows_tenant boolean not null default false, add column tenant_revision bigint not null default 0;
      -- Those that the tenants began with, and nobody has touched.
      update calendar set follows_tenant = true where is_default and name = 'Office hours' and updated_at = created_at;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table calendar drop column follows_tenant, drop column tenant_revision;');
  }
}
