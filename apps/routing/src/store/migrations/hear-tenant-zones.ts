import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The zone of each tenant, as it was heard last: a calendar that begins to follow its tenant begins there. */
export class HearTenantZones1764400000700 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table tenant_zone (
        tenant_id text primary key,
        time_zone text not null,
        revision  bigint not null -- the tenant's, of tenant.changed
      );
      insert into tenant_zone (tenant_id, time_zone, revision)
        select distinct on (tenant_id) tenant_id, document ->> 'time_zone', tenant_revision from calendar
        where follows_tenant and tenant_revision > 0 order by tenant_id, tenant_revision desc;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table tenant_zone;');
  }
}
