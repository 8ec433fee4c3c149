import { isNativeError } from 'node:util/types';
import { redacted } from './redact';

/** What a log line says of an error: these members and no others. */
export interface SerialisedError {
  type: string;
  message: string;
  stack?: string;
  /** of Node.js, PostgreSQL (SQLSTATE), NATS or of a refusal */
  code?: string;
  /** of PostgreSQL: names of the schema, never a value */
  table?: string;
  column?: string;
  constraint?: string;
  cause?: SerialisedError;
}

/** PostgreSQL's classes of errors whose words name parts of the schema, or of the server, and no value of a row. */
const SPEAKS_OF_NO_VALUE = /^(08|23|25|28|3D|3F|40|42|53|54|55|57|58)/;
const DEEPEST = 3;

interface PostgresError extends Error {
  code: string;
  table?: string;
  column?: string;
  constraint?: string;
}

/**
 * By a list of what may be said: PostgreSQL's errors quote rows in `detail` and `where`, TypeORM's carry the statement with its
 * parameters, and a parser quotes what it can't read.
 */
export function serialiseError(error: unknown, depth = 1): SerialisedError {
  if (!isError(error)) return { type: typeof error, message: redacted(wordsOf(error)) };
  const { code, cause } = error as Error & { code?: unknown };
  const postgres = postgresErrorIn(error);
  const type = error.constructor.name;
  const message = safeMessage(error, postgres);
  return {
    type,
    message,
    ...(typeof code === 'string' ? { code: redacted(code) } : {}),
    ...(postgres ? { code: postgres.code, table: postgres.table, column: postgres.column, constraint: postgres.constraint } : {}),
    stack: [`${type}: ${message}`, ...framesOf(error)].join('\n'),
    ...(cause !== undefined && depth < DEEPEST ? { cause: serialiseError(cause, depth + 1) } : {}),
  };
}

/** Also one of another realm, as a test's are. */
const isError = (error: unknown): error is Error => error instanceof Error || isNativeError(error);

/** Nest's and NATS' clients also throw texts and plain objects. */
function wordsOf(error: unknown): string {
  if (typeof error === 'string') return error;
  const message = (error as { message?: unknown } | null | undefined)?.message;
  return typeof message === 'string' ? message : `not an error but a ${typeof error}`;
}

function safeMessage(error: Error, postgres: PostgresError | undefined): string {
  if (postgres && !SPEAKS_OF_NO_VALUE.test(postgres.code)) return `PostgreSQL refused it with ${postgres.code}; its words may quote a value`;
  if (error instanceof SyntaxError) return 'The text could not be parsed; the parser quotes it';
  return redacted(error.message);
}

/** Itself, or what TypeORM has wrapped. */
function postgresErrorIn(error: Error): PostgresError | undefined {
  const candidates = [error, (error as { driverError?: unknown }).driverError] as (Partial<PostgresError> & { severity?: unknown } | undefined)[];
  return candidates.find((one) => typeof one?.severity === 'string' && typeof one.code === 'string') as PostgresError | undefined;
}

/** Without the head, which repeats the message. */
function framesOf({ stack = '', message }: Error): string[] {
  const head = stack.indexOf(message);
  return stack.slice(head < 0 ? 0 : head + message.length).split('\n').filter((line) => /^\s+at /.test(line));
}
