import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reps have roles, in lower case, and whoever has one may belong to a pool by it. */
export class RouteToRoles1764300000501 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table rep add column roles text[] not null default '{}';
      alter table pool add column roles text[] not null default '{}';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table pool drop column roles; alter table rep drop column roles;');
  }
}
