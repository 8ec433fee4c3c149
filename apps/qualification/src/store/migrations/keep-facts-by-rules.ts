import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was told of leads goes with the rules that asked for it. */
export class KeepFactsByRules1764400000202 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The rules by which it was kept: by others it says nothing, and a day later it is let go of. Since: the revision of intake's up to which
      -- changes were not heard of.
      alter table told_facts
        add column rules_version integer not null default 0,
        add column since bigint not null default 0,
        add column told_at timestamptz not null default now();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table told_facts drop column rules_version, drop column since, drop column told_at');
  }
}
