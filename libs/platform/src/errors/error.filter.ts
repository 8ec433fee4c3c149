import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { throwError, type Observable } from 'rxjs';
import { DomainError, type ErrorBody } from '@headwater/contracts';
import { isTemporary } from '../database/temporary';
import { httpProblem, internalProblem, refusalOf } from './http-problem';

/** Turns whatever was thrown into an answer: problem+json over HTTP, the error's body over NATS. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('errors');

  catch(error: unknown, host: ArgumentsHost): Observable<never> | void {
    const refusal = refusalOf(error) ?? this.outage(error);
    if (!refusal) this.logger.error(error instanceof Error ? error.stack : String(error));
    if (host.getType() === 'rpc') return throwError(() => refusal ?? UNEXPECTED);

    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const { status, headers, body } = refusal ? httpProblem(refusal) : internalProblem;
    void reply.status(status).headers(headers).send(body);
  }

  private outage(error: unknown): ErrorBody | null {
    if (!isTemporary(error)) return null;
    this.logger.warn(`temporary: ${(error as Error).message}`);
    return DomainError.unavailable('The database is not reachable at the moment').body;
  }
}

/** Over NATS an unexpected fault has a body too, so that the asker can tell it from a refusal. */
export const UNEXPECTED = { kind: 'unexpected', code: 'internal', detail: 'Something went wrong on our side' } as const;
