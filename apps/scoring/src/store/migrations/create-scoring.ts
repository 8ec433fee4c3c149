import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateScoring1763769700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- How a tenant scores. A version never changes; one of them is active.
      create table scoring_model (
        tenant_id  text not null,
        version    integer not null,
        active     boolean not null,
        document   jsonb not null,
        created_at timestamptz not null default now(),
        created_by text not null,
        primary key (tenant_id, version)
      );
      create unique index scoring_model_active on scoring_model (tenant_id) where active;

      -- The score of a lead as it was written last. Without "lead" only something about it has arrived, not the lead.
      create table lead_score (
        tenant_id       text not null,
        lead_id         bigint not null,
        intake_revision bigint not null default 0,
        lead            jsonb,
        converted       jsonb,
        revision        bigint not null default 0,
        demographic     integer not null default 0,  -- computed, in hundredths of a point, as behavioral
        behavioral      integer not null default 0,
        computed        jsonb,
        effective       jsonb,
        override        jsonb,
        rating          smallint,
        is_hot          boolean,
        hot_reasons     text[],
        mql             boolean,
        model_version   integer,
        contributions   jsonb,
        scored_at       timestamptz,
        primary key (tenant_id, lead_id)
      ) with (toast_tuple_target = 8160); -- a usual lead stays in its row as it is: to compress it takes longer than to write it

      -- What a lead did, each once.
      create table signal (
        tenant_id text not null,
        lead_id   bigint not null,
        signal_id text not null,
        type      text not null,
        at        timestamptz not null,
        primary key (tenant_id, lead_id, signal_id)
      );

      -- What people pinned and took back, each once by its key; ordered by position, then by id.
      create table score_override (
        id         bigint generated always as identity primary key,
        tenant_id  text not null,
        lead_id    bigint not null,
        key        text not null,
        pin        jsonb,                            -- null takes all pins back
        position   timestamptz not null,
        created_at timestamptz not null default now(),
        unique (tenant_id, lead_id, key)
      );

      -- Why the score is what it is; append-only, and folds to the computed score.
      create table score_ledger (
        id              bigint generated always as identity,
        tenant_id       text not null,
        lead_id         bigint not null,
        cause           text not null,
        demographic     integer not null,            -- hundredths of a point that this line adds, as behavioral
        behavioral      integer not null,
        effective_total integer not null,
        reason          text,
        actor           text,
        at              timestamptz not null,
        primary key (tenant_id, lead_id, id)
      );

      -- Commands that were carried out, so that a repetition changes nothing more.
      create table applied_command (
        tenant_id  text not null,
        lead_id    bigint not null,
        command_id text not null,
        at         timestamptz not null default now(),
        primary key (tenant_id, lead_id, command_id)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table applied_command, score_ledger, score_override, signal, lead_score, scoring_model');
  }
}
