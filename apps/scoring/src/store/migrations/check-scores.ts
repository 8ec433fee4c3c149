import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CheckScores1764150000202 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- When a score may leave its bands by time alone, for those that ever will: beside lead_score, whose rows are wide and
      -- have no index on what changes with each score.
      create table score_check (
        tenant_id     text not null,
        lead_id       bigint not null,
        next_check_at timestamptz not null,
        primary key (tenant_id, lead_id)
      );
      create index score_check_due on score_check (next_check_at);

      -- What was scored before this release is looked at once, over some hours.
      insert into score_check (tenant_id, lead_id, next_check_at)
      select tenant_id, lead_id, now() + random() * interval '6 hours' from (
        select tenant_id, lead_id from signal
        union select tie.tenant_id, tie.merged_into from lead_tie tie join signal using (tenant_id, lead_id) where tie.merged_into is not null
      ) as moved`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table score_check');
  }
}
