import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A re-score rests for whoever comes in meanwhile, whichever replica goes on with it. */
export class RestRescores1764400000402 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table rescore add column rests_until timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table rescore drop column rests_until');
  }
}
