import { Module, type DynamicModule, type OnApplicationShutdown, type Type } from '@nestjs/common';
import { APP_FILTER, ModuleRef } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import type { Service } from '@headwater/contracts';
import { ConfigurationError, parseEnvironment, serviceVariables, type Environment, type ServiceConfig } from './config/config';
import { openDataSource, type Migration } from './database/data-source';
import { Database } from './database/database';
import { migrate, pendingMigrations } from './database/migrate';
import { ErrorFilter } from './errors/error.filter';
import { Health } from './health/health';
import { HealthController } from './health/health.controller';
import { ServiceLogger } from './logging/service-logger';
import { Metrics } from './metrics/metrics';
import { MetricsController } from './metrics/metrics.controller';
import { Tracing } from './telemetry/tracing';

/** Longer than any statement of a service may take: `statement_timeout` in deploy/postgres/roles.sql. */
const SILENT_MS = 75_000;

/** Injection tokens for what is no class. */
export const ENVIRONMENT = Symbol('environment');
export const SERVICE_CONFIG = Symbol('service config');
export const SERVICE_NAME = Symbol('service name');

/** Hands the environment in, so that several services can run in one process with different ones. */
@Module({})
export class EnvironmentModule {
  static of(environment: Environment): DynamicModule {
    return {
      module: EnvironmentModule,
      global: true,
      providers: [{ provide: ENVIRONMENT, useValue: environment }],
      exports: [ENVIRONMENT],
    };
  }
}

/** By name. Each works on the service's schema, and answers with what it did. */
export type ServiceCommands = Record<string, (database: Database) => Promise<string>>;

/** One service: what `runService` starts. */
export interface ServiceDefinition {
  name: Service;
  module: Type;
  migrations: Migration[];
  /** what `node dist/main.js <command>` does besides `migrate`, while the service doesn't run */
  commands?: ServiceCommands;
  /** for the edge: parsers, hooks, documents; runs before it listens */
  prepare?: (app: NestFastifyApplication) => Promise<void> | void;
}

/** What every service stands on: configuration, database, logging, health, metrics, errors. */
@Module({})
export class ServiceModule implements OnApplicationShutdown {
  constructor(private readonly modules: ModuleRef) {}

  static for({ name, migrations }: ServiceDefinition): DynamicModule {
    return {
      module: ServiceModule,
      global: true,
      controllers: [HealthController, MetricsController],
      providers: [
        { provide: SERVICE_NAME, useValue: name },
        { provide: ServiceLogger, inject: [ENVIRONMENT], useFactory: (environment: Environment) => new ServiceLogger(name, environment) },
        { provide: Tracing, inject: [ENVIRONMENT], useFactory: (environment: Environment) => Tracing.start(name, environment) },
        { provide: Metrics, useFactory: () => new Metrics(name) },
        {
          provide: SERVICE_CONFIG,
          inject: [ENVIRONMENT],
          useFactory: (environment: Environment) => parseEnvironment(environment, serviceVariables),
        },
        {
          provide: DataSource,
          inject: [SERVICE_CONFIG],
          useFactory: (config: ServiceConfig) => connectDatabase(config, name, migrations),
        },
        { provide: Database, inject: [DataSource], useFactory: (source: DataSource) => new Database(source, SILENT_MS) },
        {
          provide: Health,
          inject: [Database],
          useFactory: (database: Database) => {
            const health = new Health();
            health.register('database', async () => ({ ok: (await database.query('select 1')).length === 1 }));
            return health;
          },
        },
        { provide: APP_FILTER, useClass: ErrorFilter },
      ],
      exports: [SERVICE_NAME, SERVICE_CONFIG, Database, Health, Metrics, Tracing],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.modules.get(DataSource).destroy();
  }
}

async function connectDatabase(config: ServiceConfig, name: Service, migrations: Migration[]): Promise<DataSource> {
  const source = await openDataSource({ config, schema: name, pool: config.DATABASE_POOL, migrations });
  if (config.MIGRATE_ON_START) await migrate(source, name);
  const pending = await pendingMigrations(source, name);
  if (pending.length) {
    await source.destroy();
    throw new ConfigurationError(`The schema "${name}" lacks ${pending.join(', ')}: run \`node dist/main.js migrate\` first`);
  }
  return source;
}
