import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables of this library, the same in every service's schema. */
export class CreateMessaging1763769600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What happened, append-only, in a partition a day: dropped whole when its retention ends.
      create sequence outbox_seq;
      create table outbox (
        seq        bigint not null default nextval('outbox_seq'),
        id         uuid not null,
        subject    text not null,
        envelope   json not null,
        created_at timestamptz not null default now(),
        primary key (seq, created_at)
      ) partition by range (created_at);
      -- Takes what no day's partition takes: a service never stops because housekeeping is late.
      create table outbox_rest partition of outbox default;
      -- What is still to be published. A claim is a lease: a relay that dies loses it to the next. Who writes an event claims it.
      create table outbox_pending (
        seq           bigint primary key,
        created_at    timestamptz not null,
        claimed_until timestamptz
      );
      -- What this service last saw of a stream, to notice that the broker lost it; and how far a replay has come.
      create table broker_memory (
        stream       text primary key,
        created      text not null,
        last_seq     bigint not null,
        replay_after bigint,
        replay_until bigint
      );
      -- Facts that were taken in, each once per subscription; remembered for longer than the outbox can replay.
      create table inbox (
        subscription text not null,
        event_id     uuid not null,
        received_at  timestamptz not null default now(),
        primary key (subscription, event_id)
      );
      create index inbox_by_age on inbox (received_at);
      -- Events that failed, or that were being handled when a process died; gone when they are handled.
      create table trouble (
        subscription text not null,
        message      text not null,
        tries        integer not null default 1,
        at           timestamptz not null default now(),
        primary key (subscription, message)
      );
      -- Events that could not be handled, with the reason. A letter holds its event's place in the inbox.
      create table dead_letter (
        id             bigint generated always as identity primary key,
        subscription   text not null,
        event_id       uuid,
        tenant_id      text,
        subject        text not null,
        body           text not null,
        error          text not null,
        deliveries     integer not null,
        failed_replays integer not null default 0,
        at             timestamptz not null default now(),
        discarded_at   timestamptz,
        discarded_by   text,
        discard_reason text,
        check ((discarded_at is null) = (discard_reason is null))
      );
      -- First answers, by the key that the caller gave.
      create table idempotency (
        tenant_id text not null,
        scope     text not null,
        key       text not null,
        hash      text not null,
        answer    jsonb,
        refusal   jsonb,
        at        timestamptz not null default now(),
        primary key (tenant_id, scope, key)
      );
      create index idempotency_by_age on idempotency (at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table idempotency, dead_letter, trouble, inbox, broker_memory, outbox_pending, outbox; drop sequence outbox_seq');
  }
}
