import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { throwError, type Observable } from 'rxjs';
import { DomainError, type ErrorBody } from '@headwater/contracts';
import { isTemporary } from '../database/temporary';
import { about, currentScope, type Scope } from '../telemetry/scope';
import { httpProblem, internalProblem, refusalOf } from './http-problem';

/** Turns whatever was thrown into an answer: problem+json over HTTP, the error's body over NATS. The log learns of every one. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('errors');

  catch(error: unknown, host: ArgumentsHost): Observable<never> | void {
    const refusal = refusalOf(error, bodyLimitOf(host)) ?? outage(error);
    about(scopeOf(host), () => this.note(error, refusal, whatOf(host)));
    if (host.getType() === 'rpc') return throwError(() => refusal ?? UNEXPECTED);

    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const { status, headers, body } = refusal ? httpProblem(refusal) : internalProblem;
    void reply.status(status).headers(headers).send(body);
  }

  /** A refusal is the caller's business: its words, which may quote the caller, aren't logged. */
  private note(error: unknown, refusal: ErrorBody | null, what: string): void {
    if (!refusal) return this.logger.error({ err: error, request: what }, 'A request failed');
    const { kind, code } = refusal;
    if (kind === 'unavailable') this.logger.warn({ err: error, request: what }, 'A request could not be served now');
    else this.logger.debug({ request: what, kind, code }, 'A request was refused');
  }
}

const bodyLimitOf = (host: ArgumentsHost): number | undefined =>
  (host.getType() === 'http' ? host.switchToHttp().getRequest<FastifyRequest>().routeOptions?.bodyLimit : undefined);

function outage(error: unknown): ErrorBody | null {
  return isTemporary(error) ? DomainError.unavailable('The database is not reachable at the moment').body : null;
}

/** The route or the subject, never the address as it was written: that may hold anything. */
function whatOf(host: ArgumentsHost): string {
  if (host.getType() === 'rpc') return host.switchToRpc().getContext<{ getSubject(): string }>().getSubject();
  const { method, routeOptions } = host.switchToHttp().getRequest<FastifyRequest>();
  return `${method} ${routeOptions?.url ?? 'unmatched'}`;
}

function scopeOf(host: ArgumentsHost): Scope {
  if (host.getType() === 'rpc') return currentScope() ?? { material: host.switchToRpc().getData<unknown>() };
  const { scope, body, query, params } = host.switchToHttp().getRequest<FastifyRequest>();
  return { ...scope, material: [body, query, params] };
}

/** Over NATS an unexpected fault has a body too, so that the asker can tell it from a refusal. */
export const UNEXPECTED = { kind: 'unexpected', code: 'internal', detail: 'Something went wrong on our side' } as const;
