import type { MigrationInterface, QueryRunner } from 'typeorm';

/** For services that keep something about leads: which of them were merged (docs/adr/0012-merges.md). */
export class CreateTies1764144020000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Only leads that were merged once have a row. Ordered by intake's revision of the lead, whatever comes first.
      create table lead_tie (
        tenant_id       text not null,
        lead_id         bigint not null,
        intake_revision bigint not null,
        merged_into     bigint,
        outranked       boolean not null default false, -- a later word on the primary counts for more than what it brought along
        primary key (tenant_id, lead_id)
      );
      create index lead_tie_of_primary on lead_tie (tenant_id, merged_into) where merged_into is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table lead_tie');
  }
}
