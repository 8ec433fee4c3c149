import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whose contact it was, where leads were merged and are apart again. */
export class TellContactsApart1764300000505 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- contacts: [{"at", "revision", "own"}], moments alone until now. unmerged: the revision at which a merge was taken back.
      alter table sla_standing add column unmerged bigint;
      update sla_standing set contacts = (select coalesce(jsonb_agg(jsonb_build_object('at', moment, 'revision', revision, 'own', true)), '[]')
        from jsonb_array_elements(contacts) as moment) where contacts <> '[]';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      update sla_standing set contacts = (select coalesce(jsonb_agg(contact -> 'at'), '[]') from jsonb_array_elements(contacts) as contact) where contacts <> '[]';
      alter table sla_standing drop column unmerged;
    `);
  }
}
