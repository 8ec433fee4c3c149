import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateImports1764144050001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table import (
        id             bigint generated always as identity primary key,
        tenant_id      text not null,
        name           text not null,
        state          text not null default 'uploading',
        reason         text,
        -- who began it, and with what settings of the tenant its rows are read
        actor          jsonb not null,
        tenant         jsonb not null,
        correlation_id text not null,
        bytes          bigint not null default 0,
        chunks         integer not null default 0,
        -- how the file is read: what was said of it, and what follows from that and from its beginning
        said           jsonb not null default '{}',
        format         jsonb,
        columns        jsonb,
        first_rows     jsonb,
        options        jsonb not null default '{}',
        -- where the next row begins, and what became of those before it
        cursor         jsonb,
        verdicts       jsonb not null default '{}',
        report         jsonb,
        -- who works on it, and from where on its pace is measured
        worker         uuid,
        leased_until   timestamptz,
        worked_at      timestamptz,
        pace           jsonb,
        created_at     timestamptz not null default now(),
        updated_at     timestamptz not null default now(),
        started_at     timestamptz,
        finished_at    timestamptz
      );
      create index import_of_tenant on import (tenant_id, id);
      create index import_to_work_on on import (worked_at) where state in ('running', 'dry_run');

      create table import_chunk (
        tenant_id text not null,
        import_id bigint not null references import (id) on delete cascade,
        index     integer not null,
        bytes     bytea not null,
        primary key (import_id, index)
      );
      -- Read and thrown away: compressing takes longer than writing.
      alter table import_chunk alter column bytes set storage external;

      create table import_row (
        tenant_id text not null,
        import_id bigint not null references import (id) on delete cascade,
        number    bigint not null,
        line      bigint not null,
        verdict   text not null,
        lead_id   bigint,
        problems  jsonb,
        at        timestamptz not null default now(),
        primary key (import_id, number)
      );
      create index import_row_not_created on import_row (import_id, verdict, number) where verdict <> 'created';
      create index import_row_by_age on import_row (at);

      -- Of a dry run: who was in the rows before, by a hash of what identifies them.
      create table import_seen (
        tenant_id text not null,
        import_id bigint not null references import (id) on delete cascade,
        hash      bigint not null,
        primary key (import_id, hash)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table import_seen, import_row, import_chunk, import');
  }
}
