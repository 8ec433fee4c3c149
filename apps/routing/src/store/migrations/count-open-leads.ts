import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How many open leads a rep has is counted as they come and go, so that routing costs the same however many leads there are.
 * And no column that a new score changes is indexed any more, with room on each page: such an update touches no index.
 */
export class CountOpenLeads1763791200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Moved in the transaction that changes an assignment; who has no row has no open leads.
      create table rep_load (
        tenant_id  text not null,
        rep_id     bigint primary key references rep,
        open_leads bigint not null
      ) with (fillfactor = 50);
      insert into rep_load (tenant_id, rep_id, open_leads)
      select tenant_id, owner_id, count(*) from lead_assignment
      where owner_id is not null and converted is null group by tenant_id, owner_id;

      drop index lead_assignment_open;
      drop index lead_assignment_unassigned;
      create index lead_assignment_unassigned on lead_assignment (tenant_id)
      where owner_id is null and converted is null and not awaits_routing;
      alter table lead_assignment set (fillfactor = 85);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table lead_assignment reset (fillfactor);
      drop index lead_assignment_unassigned;
      create index lead_assignment_unassigned on lead_assignment (awaits_routing, scoring_revision)
      where owner_id is null and converted is null;
      create index lead_assignment_open on lead_assignment (tenant_id, owner_id) where converted is null and owner_id is not null;
      drop table rep_load;
    `);
  }
}
