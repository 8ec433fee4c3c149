import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is live goes out before what is bulk, however much of that waits. */
export class OrderPending1764144050002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table outbox_pending add column bulk boolean not null default false;
      create index outbox_pending_by_lane on outbox_pending (bulk, seq);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table outbox_pending drop column bulk');
  }
}
