import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How many leads have no owner is asked at every scrape: answered from this index alone. */
export class FindUnassigned1763780400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index lead_assignment_unassigned on lead_assignment (awaits_routing, scoring_revision)
      where owner_id is null and converted is null`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index lead_assignment_unassigned');
  }
}
