import type { MigrationInterface, QueryRunner } from 'typeorm';

export class MergeLikely1764400000501 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- A pair that is most likely one person's is merged without a person where the tenant wants that: when it is tried next, how often it was,
      -- and why people have to decide after all.
      alter table duplicate_review add column merge_due_at timestamptz, add column merge_tries integer not null default 0, add column left_to_people text;
      create index duplicate_review_likely on duplicate_review (tenant_id, id) where status = 'open' and band = 'same' and left_to_people is null;

      -- What tenants have set, for what no request of theirs asks for.
      create table tenant_settings (
        tenant_id text primary key,
        revision  bigint not null,
        settings  jsonb not null
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table tenant_settings;
      drop index duplicate_review_likely;
      alter table duplicate_review drop column merge_due_at, drop column merge_tries, drop column left_to_people`);
  }
}
