import { parseIntoClientConfig } from 'pg-connection-string';
import { DataSource, type MigrationInterface } from 'typeorm';
import { ConfigurationError, type DatabaseConfig } from '../config/config';
import { tlsOptions, whyTlsFails } from '../tls/tls';
import { columnTypes } from './types';

export type Migration = new () => MigrationInterface;

interface DataSourceOptions {
  /** where PostgreSQL is, and what it lets us in with */
  config: DatabaseConfig;
  /** the service's own schema, and the only one that its statements see */
  schema: string;
  pool: number;
  migrations: Migration[];
}

/** @throws ConfigurationError, in one sentence, when PostgreSQL can't be reached or doesn't let us in */
export async function openDataSource(options: DataSourceOptions): Promise<DataSource> {
  const { host, pathname } = new URL(options.config.DATABASE_URL.read()); // and not who asks, nor the password
  try {
    return await createDataSource(options).initialize();
  } catch (error) {
    throw new ConfigurationError(`PostgreSQL at ${host}${pathname} can't be used: ${whyRefused(error as Error)}`);
  }
}

function createDataSource({ config, schema, pool, migrations }: DataSourceOptions): DataSource {
  return new DataSource({
    type: 'postgres',
    schema,
    migrations,
    migrationsTableName: 'migration',
    synchronize: false,
    applicationName: `headwater-${schema}`,
    // TypeORM's `schema` doesn't set the search path: without this a migration's `create table` lands in public.
    extra: {
      ...connectionOptions(config),
      options: `-c search_path=${schema}`,
      max: pool,
      types: columnTypes,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
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
