import type { MigrationInterface, QueryRunner } from 'typeorm';

export class KeepConsentEdits1764144080004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What people wrote of consent and opt-outs; what was sent is in the log of submissions.
      create table consent_edit (
        id        bigint generated always as identity primary key,
        tenant_id text not null,
        lead_id   bigint not null,
        field     text not null,
        value     jsonb,
        actor     text not null,
        at        timestamptz not null default now()
      );
      create index consent_edit_of_lead on consent_edit (tenant_id, lead_id, at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table consent_edit');
  }
}
