import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When leads came back from being nurtured by themselves. */
export class KeepReturns1764300000507 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- [{"at", "since"}]; since: when it had begun to be nurtured. See domain/sla/standing.ts.
      alter table sla_standing add column returns jsonb not null default '[]'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table sla_standing drop column returns');
  }
}
