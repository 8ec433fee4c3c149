import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Leads that are nurtured, until when, and the rules that enrol them and bring them back. */
export class KeepEnrolments1764300000301 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- One row for each time that a lead is nurtured. Whoever changes it holds the lock of the lead's row in lead_status.
      -- dates: days that are still to come; held: exits over the score that hold already. See domain/nurturing/enrolment.ts.
      create table enrolment (
        tenant_id    text not null,
        lead_id      bigint not null,
        number       integer not null,
        stage        text not null check (stage in ('problem', 'solution', 'vendor')),
        enrolled_at  timestamptz not null,
        enrolled_by  text not null,
        because      text not null,
        recycle_date date,
        dates        jsonb not null,
        held         text[] not null,
        next_at      timestamptz,
        exited_at    timestamptz,
        exited_by    text,
        exit         text,
        trigger      text,
        exit_because text,
        primary key (tenant_id, lead_id, number),
        check ((exited_at is null) = (exit is null)),
        check (exited_at is null or next_at is null)
      );
      create unique index enrolment_open on enrolment (tenant_id, lead_id) where exited_at is null;
      -- When something happens to an enrolment by itself: what the sweep looks for.
      create index enrolment_next on enrolment (next_at) where next_at is not null;
      -- Those that are nurtured already, until a day that nobody has said.
      insert into enrolment (tenant_id, lead_id, number, stage, enrolled_at, enrolled_by, because, dates, held)
      select tenant_id, lead_id, 1, 'problem', in_status_since, 'system', 'it was nurtured before enrolments were kept', '[]',
        case when score->>'temperature' = 'hot' then array['Hot score'] else '{}' end
      from lead_status where status = 'nurturing';
      -- Every document of rules that was put, whole; the newest counts.
      create table nurture_rules (
        tenant_id  text not null,
        version    integer not null,
        document   jsonb not null,
        created_at timestamptz not null default now(),
        created_by text not null,
        primary key (tenant_id, version)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table nurture_rules, enrolment');
  }
}
