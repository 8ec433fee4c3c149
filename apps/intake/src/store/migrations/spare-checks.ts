import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Leads and imports are never deleted, and these rows are written by the transaction that writes, or has locked, what they name. Looking
 * that up again for each row took as long as writing it, and every row of an import locked the same import.
 */
export class SpareChecks1764150009001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table match_key drop constraint match_key_lead_id_fkey;
      alter table import_row drop constraint import_row_import_id_fkey`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table import_row add constraint import_row_import_id_fkey foreign key (import_id) references import (id) on delete cascade;
      alter table match_key add constraint match_key_lead_id_fkey foreign key (lead_id) references lead (id)`);
  }
}
