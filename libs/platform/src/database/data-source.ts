import { parseIntoClientConfig } from 'pg-connection-string';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { ConfigurationError, type DatabaseConfig } from '../config/config';
import { tlsOptions, whyTlsFails } from '../tls/tls';
import { columnTypes } from './types';

export type Migration = new () => MigrationInterface;

/** Whoever waits for an answer has the kernel ask whether the machine at the other end is there still: every second then, ten times. */
const ASK_WHETHER_THERE_MS = 10_000;

interface DataSourceOptions {
  /** where PostgreSQL is, and what it lets us in with */
  config: DatabaseConfig;
  /** the service's own; the role that logs in begins there */
  schema: string;
  pool: number;
  migrations: Migration[];
}

/** @throws ConfigurationError, in one sentence, when PostgreSQL can't be reached, doesn't let us in, or has no such schema for us */
export async function openDataSource(options: DataSourceOptions): Promise<DataSource> {
  const { host, pathname } = new URL(options.config.DATABASE_URL.read()); // and not who asks, nor the password
  const source = createDataSource(options);
  try {
    await source.initialize();
  } catch (error) {
    throw new ConfigurationError(`PostgreSQL at ${host}${pathname} can't be used: ${whyRefused(error as Error)}`);
  }
  try {
    await requireOwnSchema(source, options.schema);
    return source;
  } catch (error) {
    await source.destroy();
    throw error;
  }
}

/**
 * The search path is the role's own setting, because a pooler in transaction mode doesn't keep ours. So whoever logs in as
 * somebody else would write to another schema, or to none.
 */
async function requireOwnSchema(source: DataSource, schema: string): Promise<void> {
  const [{ role, own }] = await source.query<{ role: string; own: string | null }[]>('select current_user as role, current_schema() as own');
  if (own === schema) return;
  const place = own === null ? 'no schema' : `the schema "${own}"`;
  throw new ConfigurationError(
    `PostgreSQL's role "${role}" begins in ${place} and not in "${schema}": run deploy/postgres/roles.sql, and log in as headwater_${schema}`);
}

function createDataSource({ config, schema, pool, migrations }: DataSourceOptions): DataSource {
  return new DataSource({
    type: 'postgres',
    schema,
    migrations: migrations.map(unhurried),
    migrationsTableName: 'migration',
    synchronize: false,
    applicationName: `headwater-${schema}`,
    extra: {
      ...connectionOptions(config),
      max: pool,
      types: columnTypes,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      keepAliveInitialDelayMillis: ASK_WHETHER_THERE_MS,
    },
    poolErrorHandler: () => undefined, // an idle connection that breaks is replaced; the next query tells who needs to know
  });
}

/** For pg, which asks for password, certificates and key at each new connection: what was rotated holds from the next one on. */
function connectionOptions({ DATABASE_URL, DATABASE_PASSWORD, DATABASE_CA, DATABASE_CERT, DATABASE_KEY }: DatabaseConfig): object {
  const { password: _, ssl, ...place } = parseIntoClientConfig(DATABASE_URL.read());
  return {
    ...place,
    password: () => DATABASE_PASSWORD?.read() ?? parseIntoClientConfig(DATABASE_URL.read()).password,
    ssl: tlsOptions({ ca: DATABASE_CA, cert: DATABASE_CERT, key: DATABASE_KEY }) ?? ssl,
  };
}

const WRONG_PASSWORD = '28P01';

function whyRefused(error: Error & { code?: string }): string {
  if (error.code === WRONG_PASSWORD) return `${error.message}: see DATABASE_PASSWORD, or the password in DATABASE_URL`;
  return whyTlsFails(error, 'DATABASE') ?? error.message;
}

/** The role's limit is for what somebody waits for; a migration may rewrite a large table. How long it waits for a lock stays limited. */
function unhurried(type: Migration): Migration {
  const taken = class extends type {
    override async up(runner: QueryRunner): Promise<void> {
      await runner.query('set local statement_timeout = 0');
      await super.up(runner);
    }
  };
  Object.defineProperty(taken, 'name', { value: type.name }); // under which it is remembered
  return taken;
}
