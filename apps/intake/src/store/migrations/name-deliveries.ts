import type { MigrationInterface, QueryRunner } from 'typeorm';

export class NameDeliveries1764144040001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- By what the repetitions of a vendor's delivery are known; two at once are one submission.
      alter table submission add column delivery uuid;
      create unique index submission_of_delivery on submission (tenant_id, delivery) where delivery is not null;

      -- Records that vendors only named: when each is asked for next. Those without a row were not asked for yet.
      create table record_fetch (
        tenant_id     text not null,
        submission_id uuid not null,
        tries         integer not null,
        next_at       timestamptz not null,
        primary key (tenant_id, submission_id)
      );
      create index record_fetch_by_age on record_fetch (next_at);
      create index submission_to_fetch on submission (received_at) where code = 'to_fetch' and verdict = 'quarantined';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index submission_to_fetch, submission_of_delivery; drop table record_fetch; alter table submission drop column delivery');
  }
}
