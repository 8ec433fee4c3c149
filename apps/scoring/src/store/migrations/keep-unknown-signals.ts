import type { MigrationInterface, QueryRunner } from 'typeorm';

export class KeepUnknownSignals1764150000201 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table signal add column properties jsonb;

      -- Somebody who did something before we knew a lead of theirs: an address, a sender's id, or a cookie.
      create table unknown_identity (
        tenant_id text not null,
        kind      text not null,
        value     text not null,
        seen_at   timestamptz not null default now(),
        ask_at    timestamptz,                       -- when intake is asked who it is; null for a cookie, of which intake knows nothing
        asked     integer not null default 0,
        primary key (tenant_id, kind, value)
      );
      create index unknown_identity_to_ask on unknown_identity (ask_at) where ask_at is not null;

      -- What they did. It moves to "signal" when the lead appears.
      create table unknown_signal (
        tenant_id  text not null,
        kind       text not null,
        value      text not null,
        signal_id  text not null,
        type       text not null,
        at         timestamptz not null,
        properties jsonb,
        seen_at    timestamptz not null default now(),
        primary key (tenant_id, kind, value, signal_id)
      );

      -- Whose a cookie was said to be, each time; several leads may share a browser.
      create table visitor_link (
        tenant_id  text not null,
        visitor_id text not null,
        lead_id    bigint not null,
        linked_at  timestamptz not null,
        primary key (tenant_id, visitor_id, lead_id, linked_at)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table visitor_link, unknown_signal, unknown_identity; alter table signal drop column properties');
  }
}
