import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { SERVICES, type Service } from '@headwater/contracts';
import { makeRoles, urlOfRole } from '@headwater/embedded';

/** The same on every server: roles are the server's, and many tests share one. */
const passwordOf = (service: Service): string => `tests-${service}`;

/**
 * A new database with a role and a schema for each service, as in production.
 * @param server URL of its superuser; by default the one of the whole run
 * @returns the superuser's URL of the database
 */
export async function createTestDatabase(server = process.env.HEADWATER_TEST_DATABASE_URL): Promise<string> {
  if (!server) throw new Error('HEADWATER_TEST_DATABASE_URL is missing: run integration tests through jest.config.cjs');
  const name = `cell_${randomBytes(6).toString('hex')}`;
  const client = new Client({ connectionString: server });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  const url = new URL(server);
  url.pathname = `/${name}`;
  await makeRoles(url.href, Object.fromEntries(SERVICES.map((service) => [service, passwordOf(service)])));
  return url.href;
}

/** How a service reaches a database that `createTestDatabase` made. */
export const urlOfService = (database: string, service: Service): string => urlOfRole(database, service, passwordOf(service));
