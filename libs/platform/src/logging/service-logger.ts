import type { LoggerService } from '@nestjs/common';
import { pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';
import type { Service } from '@headwater/contracts';
import { parseEnvironment, serviceVariables, type Environment } from '../config/config';
import { currentScope } from '../telemetry/scope';
import { readTraceparent } from '../telemetry/traceparent';
import { redacted } from './redact';
import { serialiseError } from './serialise-error';

type Level = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';

/**
 * Writes what Nest's `Logger` is told: a JSON line each, or pretty on a terminal, with the scope that it is written in. An error
 * goes in as `{ err }`, before the sentence: `this.logger.warn({ err: error }, 'The relay pauses')`.
 */
export class ServiceLogger implements LoggerService {
  private readonly pino: Logger;

  /** @param destination else standard output. @throws ConfigurationError */
  constructor(service: Service, environment: Environment, destination?: DestinationStream) {
    const { LOG_LEVEL, LOG_FORMAT } = parseEnvironment(environment, {
      LOG_LEVEL: serviceVariables.LOG_LEVEL, LOG_FORMAT: serviceVariables.LOG_FORMAT,
    });
    const isPretty = (LOG_FORMAT ?? (process.stdout.isTTY ? 'pretty' : 'json')) === 'pretty';
    const options = {
      level: LOG_LEVEL,
      base: { service },
      messageKey: 'message',
      timestamp: stdTimeFunctions.isoTime,
      mixin: saysOfScope,
      serializers: { err: (error: unknown) => serialiseError(error) },
    };
    if (destination || !isPretty) {
      this.pino = pino({ ...options, formatters: { level: (level) => ({ level }) } }, destination ?? pino.destination({ dest: 1, sync: true }));
    } else {
      this.pino = pino({ ...options, transport: { target: 'pino-pretty', options: { singleLine: true, messageKey: 'message' } } });
    }
  }

  verbose(message: unknown, ...rest: unknown[]): void { this.write('trace', message, rest); }
  debug(message: unknown, ...rest: unknown[]): void { this.write('debug', message, rest); }
  log(message: unknown, ...rest: unknown[]): void { this.write('info', message, rest); }
  warn(message: unknown, ...rest: unknown[]): void { this.write('warn', message, rest); }
  error(message: unknown, ...rest: unknown[]): void { this.write('error', message, rest); }
  fatal(message: unknown, ...rest: unknown[]): void { this.write('fatal', message, rest); }

  /** Nest appends the name of the class that speaks. */
  private write(level: Level, message: unknown, rest: unknown[]): void {
    if (!this.pino.isLevelEnabled(level)) return;
    const component = rest.at(-1);
    const [first] = rest.slice(0, -1);
    if (message instanceof Error) this.pino[level]({ component, err: message }, 'Something failed');
    else if (typeof message === 'object') this.pino[level]({ component, ...message }, redacted(sentence(first)));
    else this.pino[level]({ component }, redacted(sentence(message)));
  }
}

const sentence = (text: unknown): string => (typeof text === 'string' ? text : '');

/** Whom and which trace the line is about. */
function saysOfScope(): object {
  const scope = currentScope();
  if (!scope) return {};
  const { tenant, correlation_id, traceparent } = scope;
  const ids = readTraceparent(traceparent);
  return { tenant, correlation_id, ...(ids ? { trace_id: ids.traceId, span_id: ids.spanId } : {}) };
}
