import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who owns the customer that a contact is, so that their next lead goes to the face that they know. */
export class KnowCustomers1764300000504 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table known_contact add column owner_id bigint, add column customer_revision bigint not null default 0');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table known_contact drop column owner_id, drop column customer_revision');
  }
}
