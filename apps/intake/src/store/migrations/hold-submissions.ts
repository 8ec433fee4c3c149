import type { MigrationInterface, QueryRunner } from 'typeorm';

export class HoldSubmissions1764144030002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What the log doesn't say of a quarantined submission, and is needed to take it in; and who may release it without logging in.
      create table held_submission (
        tenant_id     text not null,
        submission_id uuid not null,
        item          jsonb not null,
        -- SHA-256 of what stands in the mail to the sender
        token_hash    bytea unique,
        expires_at    timestamptz,
        -- SHA-256 of the address that a mail was asked for: nobody gets too many
        asked_hash    bytea,
        held_at       timestamptz not null default now(),
        decided_at    timestamptz,
        decided_by    text,
        primary key (tenant_id, submission_id)
      );
      create index held_submission_by_age on held_submission (held_at);
      create index held_submission_asked on held_submission (tenant_id, asked_hash, held_at) where asked_hash is not null;
      -- A form that is clicked twice.
      create index submission_of_form on submission (inlet_id, payload_hash, received_at) where inlet_kind = 'form';
      -- The desk where somebody looks at what made no lead, and what came by one inlet.
      create index submission_aside on submission (tenant_id, id) where lead_id is null;
      create index submission_of_inlet on submission (tenant_id, inlet_kind, inlet_id, id) where inlet_kind in ('form', 'connector');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index submission_of_inlet, submission_aside, submission_of_form; drop table held_submission');
  }
}
