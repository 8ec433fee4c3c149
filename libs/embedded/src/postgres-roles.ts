import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { EmbeddedServerError } from './embedded-server-error';

/** From the sources as from the build. */
const ROLES = join(__dirname, '..', '..', '..', 'deploy', 'postgres', 'roles.sql');

/**
 * Gives each service a role and a schema of its own in the database, with deploy/postgres/roles.sql.
 * @param administrator URL of whoever owns the database and may create roles
 * @param passwords of the services, by their names
 * @throws EmbeddedServerError in one sentence, without a password, when the administrator may not
 */
export async function makeRoles(administrator: string, passwords: Readonly<Record<string, string>>): Promise<void> {
  const client = new Client({ connectionString: administrator });
  client.on('error', () => undefined); // a connection that breaks fails the query, too, and that is reported
  try {
    await client.connect();
    for (const [service, password] of Object.entries(passwords)) {
      await client.query('select set_config($1, $2, false)', [`headwater.${service}_password`, password]);
    }
    await client.query(readFileSync(ROLES, 'utf8'));
  } catch (error) {
    throw new EmbeddedServerError(`PostgreSQL's roles can't be made: ${(error as Error).message}`, { cause: error });
  } finally {
    await client.end().catch(() => undefined); // it never connected: there is nothing to end
  }
}

/** The same database, for a service. */
export function urlOfRole(administrator: string, service: string, password: string): string {
  const url = new URL(administrator);
  url.username = `headwater_${service}`;
  url.password = encodeURIComponent(password);
  return url.href;
}
