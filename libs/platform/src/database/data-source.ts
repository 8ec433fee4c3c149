import { DataSource, type MigrationInterface } from 'typeorm';
import { ConfigurationError } from '../config/config';
import { columnTypes } from './types';

export type Migration = new () => MigrationInterface;

interface DataSourceOptions {
  url: string;
  /** the service's own schema, and the only one that its statements see */
  schema: string;
  pool: number;
  migrations: Migration[];
}

/** @throws ConfigurationError, in one sentence, when PostgreSQL can't be reached or doesn't let us in */
export async function openDataSource(options: DataSourceOptions): Promise<DataSource> {
  const { host, pathname } = new URL(options.url); // and not who asks, nor the password
  try {
    return await createDataSource(options).initialize();
  } catch (error) {
    throw new ConfigurationError(`PostgreSQL at ${host}${pathname} can't be used: ${(error as Error).message}`);
  }
}

function createDataSource({ url, schema, pool, migrations }: DataSourceOptions): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    schema,
    migrations,
    migrationsTableName: 'migration',
    synchronize: false,
    applicationName: `headwater-${schema}`,
    // TypeORM's `schema` doesn't set the search path: without this a migration's `create table` lands in public.
    extra: {
      options: `-c search_path=${schema}`,
      max: pool,
      types: columnTypes,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    },
    poolErrorHandler: () => undefined, // an idle connection that breaks is replaced; the next query tells who needs to know
  });
}
