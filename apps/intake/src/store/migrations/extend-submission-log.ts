import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ExtendSubmissionLog1764144000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- One log for every way in: also for what made no lead, because it waits for somebody (quarantined) or is none (rejected).
      alter table submission
        add column raw          jsonb,
        add column payload_hash bytea,
        add column inlet_kind   text,
        add column inlet_id     bigint,
        add column code         text,
        alter column lead_id drop not null;
      create index submission_set_aside on submission (tenant_id, received_at, id) where lead_id is null;

      -- Where a lead went that turned out to be another one's person.
      alter table lead add column merged_into bigint references lead (id);
      create index lead_merged_into on lead (merged_into) where merged_into is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table lead drop column merged_into;
      delete from submission where lead_id is null;
      alter table submission
        alter column lead_id set not null, drop column code, drop column inlet_id, drop column inlet_kind, drop column payload_hash, drop column raw;
    `);
  }
}
