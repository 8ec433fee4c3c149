import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ExplainTouches1764144080003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- How channel and campaign of a touch were found out; null in those from before.
      alter table touch
        add column channel_rule    text,
        add column channel_version integer,
        add column campaign_raw    text;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table touch drop column channel_rule, drop column channel_version, drop column campaign_raw');
  }
}
