import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Reps and teams are never deleted, and an assignment names those that its transaction has read. Looking them up again for each
 * assignment locked the few rows that all leads go to, each time anew.
 */
export class SpareChecks1764150009002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table lead_assignment drop constraint lead_assignment_owner_id_fkey, drop constraint lead_assignment_team_id_fkey');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table lead_assignment
        add constraint lead_assignment_owner_id_fkey foreign key (owner_id) references rep,
        add constraint lead_assignment_team_id_fkey foreign key (team_id) references team`);
  }
}
