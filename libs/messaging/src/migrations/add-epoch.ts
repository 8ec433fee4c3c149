import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a restore from a backup needs (docs/adr/0010-restore.md). */
export class AddEpoch1763805600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Raised after a restore. Revisions of this schema are base plus a counter, so all are newer than any from before.
      create table epoch (
        only_one  boolean primary key default true check (only_one),
        number    bigint not null check (number between 0 and 2097151), -- revisions stay below 2^53
        base      bigint not null generated always as (number * 4294967296) stored,
        raised_at timestamptz
      );
      insert into epoch (number) values (0);
      -- The stream that held what this schema has no memory of since its restore: nothing is taken from it.
      alter table broker_memory add column disowned text;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table broker_memory drop column disowned; drop table epoch');
  }
}
