import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables of this library, the same in every service's schema. */
export class CreateMessaging1763769600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What happened, append-only; kept for replay until its retention ends.
      create table outbox (
        seq        bigint generated always as identity primary key,
        id         uuid not null,
        subject    text not null,
        envelope   json not null,
        created_at timestamptz not null default now()
      );
      -- What the relay has still to publish. A claim is a lease: a relay that dies loses it to the next.
      create table outbox_pending (
        seq           bigint primary key,
        claimed_until timestamptz
      );
      -- Facts that were taken in, each once per subscription.
      create table inbox (
        subscription text not null,
        event_id     uuid not null,
        received_at  timestamptz not null default now(),
        primary key (subscription, event_id)
      );
      -- Events that could not be handled, with the reason.
      create table dead_letter (
        id           bigint generated always as identity primary key,
        subscription text not null,
        event_id     uuid,
        tenant_id    text,
        subject      text not null,
        body         text not null,
        error        text not null,
        deliveries   integer not null,
        at           timestamptz not null default now()
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
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table idempotency, dead_letter, inbox, outbox_pending, outbox');
  }
}
