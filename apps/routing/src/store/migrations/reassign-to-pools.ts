import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The leads of a rep may go to the people of a pool, in its turn. */
export class ReassignToPools1764300000503 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table rep_reassignment add column to_pool text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table rep_reassignment drop column to_pool');
  }
}
