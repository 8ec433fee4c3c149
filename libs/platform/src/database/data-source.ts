import { DataSource, type MigrationInterface } from 'typeorm';
import { columnTypes } from './types';

export type Migration = new () => MigrationInterface;

interface DataSourceOptions {
  url: string;
  /** the service's own schema, and the only one that its statements see */
  schema: string;
  pool: number;
  migrations: Migration[];
}

export function createDataSource({ url, schema, pool, migrations }: DataSourceOptions): DataSource {
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
