import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What rules over open leads go by. */
export class EnrolOpenLeads1764400000201 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What intake told of a lead, as far as its tenant's rules over open leads ask for it: what has changed is seen by it. Only tenants that
      -- have such rules have rows here. Whoever writes one holds the lock of the lead's row in lead_status.
      create table told_facts (
        tenant_id text not null,
        lead_id   bigint not null,
        revision  bigint not null,
        facts     jsonb not null,
        primary key (tenant_id, lead_id)
      );
      -- Rules that enrol open leads, few or none of all: every replica looks for them once a second.
      create index nurture_rules_of_open on nurture_rules (tenant_id, version)
        where document @? '$.enrol[*].from[*] ? (@ != "disqualified")';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index nurture_rules_of_open');
    await runner.query('drop table told_facts');
  }
}
