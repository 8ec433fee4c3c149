import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A merge reserves leads in any status, and a primary stands where the furthest of its leads does. */
export class FollowMerges1764144020010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Where the lead itself stands, while it stands elsewhere because of leads that were merged into it. See domain/merged-standing.ts.
      alter table lead_status add column own jsonb;
      -- Only for its conversion a lead must be qualified.
      alter table lead_status drop constraint lead_status_check2;
      alter table lead_status add constraint lead_status_reserved_for_conversion
        check (reservation_token is null or status = 'qualified' or reservation_holder <> 'conversion') not valid;
      alter table lead_status validate constraint lead_status_reserved_for_conversion;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table lead_status drop constraint lead_status_reserved_for_conversion;
      alter table lead_status add constraint lead_status_check2 check (reservation_token is null or status = 'qualified');
      alter table lead_status drop column own`);
  }
}
