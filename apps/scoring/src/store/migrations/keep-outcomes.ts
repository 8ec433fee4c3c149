import type { MigrationInterface, QueryRunner } from 'typeorm';

export class KeepOutcomes1764150000301 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What became of a lead, and the score that this was decided with: what a model is judged by.
      create table lead_outcome (
        tenant_id       text not null,
        lead_id         bigint not null,
        outcome         text not null check (outcome in ('won', 'lost', 'converted', 'disqualified')),
        at              timestamptz not null,
        opportunity_id  bigint,
        amount          numeric,
        currency        text,
        total           smallint,                    -- as the model computed it when it was decided, as grade; null until the lead has a score
        grade           text,
        effective_total smallint,                    -- with what a person had pinned
        model_version   integer,
        primary key (tenant_id, lead_id)
      );
      create index lead_outcome_by_time on lead_outcome (tenant_id, at);
      create index lead_outcome_unscored on lead_outcome (tenant_id, lead_id) where total is null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table lead_outcome');
  }
}
