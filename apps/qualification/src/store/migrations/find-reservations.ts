import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whose time is over is found without looking at all leads: next to none is reserved at any moment, and no score touches the column. */
export class FindReservations1764300000600 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index lead_status_lease on lead_status (lead_id, lease_until) where lease_until is not null');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index lead_status_lease');
  }
}
