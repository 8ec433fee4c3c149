export { EmbeddedServerError } from './embedded-server-error';
export { freePort, isPortFree } from './free-port';
export { startLoggedProcess, type LoggedProcess, type LoggedProcessOptions } from './logged-process';
export { startNats, type NatsOptions } from './nats-server';
export { postgresUrl, startPostgres, type PostgresOptions } from './postgres';
export { identifyProcess, isRunning, signalProcess, type ProcessIdentity } from './process-identity';
export type { RunningServer } from './running-server';
export { checkNats, checkPostgres } from './server-check';
export { stopProcess, type StopStep } from './stop-process';
