import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How leads were tried to be reached. */
export class KeepContactAttempts1764300000101 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Append-only. A lead keeps its own when it is merged into another.
      create table contact_attempt (
        id        bigint generated always as identity primary key,
        tenant_id text not null,
        lead_id   bigint not null,
        channel   text not null,
        direction text not null check (direction in ('outbound', 'inbound')),
        outcome   text not null,
        at        timestamptz not null,
        note      text,
        actor     text not null,
        cycle     integer not null,
        logged_at timestamptz not null
      );
      create index on contact_attempt (tenant_id, lead_id, id);
      -- How many they are, and whether to go on: null while there are none. See domain/contact/tally.ts.
      alter table lead_status add column attempts jsonb;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table lead_status drop column attempts; drop table contact_attempt');
  }
}
