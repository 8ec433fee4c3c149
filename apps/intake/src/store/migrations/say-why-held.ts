import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SayWhyHeld1764500009002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Why a pair that is as likely as those of the band "same" is for people to decide; null where it is not.
      alter table duplicate_review add column held text;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table duplicate_review drop column held');
  }
}
