import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who was looked at for a decision, column by column: see domain/choosing/packed-candidates.ts. */
export class PackCandidates1764300000506 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- In the place of candidates, which is what decisions from before have.
      alter table decision add column looked_at jsonb;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table decision drop column looked_at');
  }
}
