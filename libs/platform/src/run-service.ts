import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { NestFactory } from '@nestjs/core';
import { Module, type DynamicModule } from '@nestjs/common';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { DataSource } from 'typeorm';
import { ConfigurationError, databaseVariables, parseEnvironment, type Environment, type ServiceConfig } from './config/config';
import { openDataSource } from './database/data-source';
import { Database } from './database/database';
import { migrate } from './database/migrate';
import { answerUnreadableAddress, answerUnreadableRequest } from './errors/unreadable';
import { Health } from './health/health';
import { ServiceLogger } from './logging/service-logger';
import { measureHttp } from './metrics/measure-http';
import { MeasuredNatsServer } from './metrics/measured-nats-server';
import { Metrics } from './metrics/metrics';
import { connectNats } from './nats/connect-nats';
import { EnvironmentModule, SERVICE_CONFIG, ServiceModule, type ServiceDefinition } from './service-module';
import { endSilentConnections } from './silent-connections';
import { Tracing } from './telemetry/tracing';

const BODY_LIMIT = 256 * 1024;
/** What a shell says of a process that SIGTERM ended: a migration that was interrupted must not look done. */
const ENDED_EARLY = 143;

@Module({})
class Root {
  static of(definition: ServiceDefinition, environment: Environment): DynamicModule {
    return { module: Root, imports: [EnvironmentModule.of(environment), ServiceModule.for(definition), definition.module] };
  }
}

/**
 * A service's application as far as it is declared: routes and modules, nothing of it made or connected. For what is
 * generated of declarations.
 */
export function describeService(definition: ServiceDefinition): Promise<NestFastifyApplication> {
  return NestFactory.create<NestFastifyApplication>(Root.of(definition, {}), new FastifyAdapter(), { preview: true, logger: false, abortOnError: false });
}

/** Starts a service and returns when it answers. Keeps no process-wide state: several can run in one process. */
export async function startService(definition: ServiceDefinition, environment: Environment): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    Root.of(definition, environment),
    new FastifyAdapter({
      bodyLimit: BODY_LIMIT, trustProxy: true, routerOptions: { maxParamLength: 200 }, frameworkErrors: answerUnreadableAddress,
      clientErrorHandler: answerUnreadableRequest,
    }),
    // Nest's own logger would say once more, with its stack, why a start failed: whoever started us says it in a sentence.
    { logger: false, abortOnError: false, bodyParser: false },
  );
  app.useLogger(app.get(ServiceLogger));
  const config = app.get<ServiceConfig>(SERVICE_CONFIG);
  const metrics = app.get(Metrics);
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  measureHttp(fastify, metrics);
  endSilentConnections(fastify);
  app.connectMicroservice<MicroserviceOptions>({
    strategy: new MeasuredNatsServer(
      { queue: definition.name }, () => connectNats(config, definition.name, { purpose: 'answers' }), metrics, app.get(Tracing),
    ),
  }, { inheritAppConfig: true });
  try {
    await definition.prepare?.(app);
    await app.init();
    await app.startAllMicroservices();
    await app.listen(config.PORT, config.HOST);
  } catch (error) {
    await app.close().catch(() => undefined); // what was never opened can't be closed; what was must not stay behind
    throw error;
  }
  app.get(Health).markStarted();
  return app;
}

/** Brings the service's schema up to date, and nothing else. @returns the names of the migrations that ran */
export function migrateService(definition: ServiceDefinition, environment: Environment): Promise<string[]> {
  return withSchema(definition, environment, (source) => migrate(source, definition.name));
}

/**
 * Does what the service is told to instead of running.
 * @returns what it did, in words
 * @throws ConfigurationError when there is no such command
 */
export async function runCommand(definition: ServiceDefinition, name: string, environment: Environment): Promise<string> {
  if (name === 'migrate') return (await migrateService(definition, environment)).join(', ') || 'up to date';
  const { commands = {} } = definition;
  const command = commands[name];
  if (!command) throw new ConfigurationError(`There is no command ${name}: give none, or one of ${['migrate', ...Object.keys(commands)].join(', ')}`);
  return withSchema(definition, environment, (source) => command(new Database(source)));
}

async function withSchema<T>(
  { name, migrations }: ServiceDefinition, environment: Environment, work: (source: DataSource) => Promise<T>,
): Promise<T> {
  const config = parseEnvironment(environment, databaseVariables);
  const source = await openDataSource({ config, schema: name, pool: 2, migrations });
  try {
    return await work(source);
  } finally {
    await source.destroy();
  }
}

/**
 * The whole of a service's `main`: starts it, and drains on SIGTERM and SIGINT. With the argument `migrate` it only
 * brings the schema up to date, and with the name of another command it does that. A start that can't succeed ends with one
 * sentence and exit code 1.
 */
export async function runService(definition: ServiceDefinition): Promise<void> {
  // From the beginning: process 1 of a container, which it is there, never hears a signal that it has no handler for.
  let stop = (): void => process.exit(ENDED_EARLY);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop());
  try {
    const [, , command] = process.argv;
    if (command !== undefined) {
      process.stdout.write(`${definition.name}: ${await runCommand(definition, command, process.env)}\n`);
      return;
    }
    const app = await startService(definition, process.env);
    compileAtFirstCall();
    endOnFault(app.get(ServiceLogger));
    const { SHUTDOWN_DELAY_SECONDS } = app.get<ServiceConfig>(SERVICE_CONFIG);
    const drain = async (): Promise<void> => {
      app.get(Health).markDraining();
      await delay(SHUTDOWN_DELAY_SECONDS * 1_000);
      await app.close();
    };
    stop = () => void drain().then(() => process.exit(0), () => process.exit(1));
  } catch (error) {
    process.stderr.write(`${definition.name}: ${error instanceof ConfigurationError ? error.message : (error as Error).stack}\n`);
    process.exit(1);
  }
}

/** Node.js would print the error with all its members, which may quote a person. */
function endOnFault(logger: ServiceLogger): void {
  process.once('uncaughtException', (err) => {
    logger.fatal({ err }, 'A fault that nobody caught: the process ends', 'runService');
    process.exit(1);
  });
}

/**
 * From now on V8 compiles a function when it is first called, simply and quickly, where it would interpret it until it is hot: most of a service's code
 * never becomes hot, and is run some hundred times a second all day. Not before: what only a start runs would fill the memory.
 */
function compileAtFirstCall(): void {
  setFlagsFromString('--always-sparkplug');
}
