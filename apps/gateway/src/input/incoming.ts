import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DomainError, type Context, type Idempotency } from '@headwater/contracts';
import type { Caller } from '../access/caller';
import { idempotencyOf } from './idempotency';

/** A request as far as it doesn't depend on its route. */
export interface Incoming {
  caller: Caller;
  correlation_id: string;
  traceparent?: string;
  idempotency?: Idempotency;
}

function incoming(request: FastifyRequest): Incoming {
  const { caller, scope: { correlation_id, traceparent }, headers, method, body, params, routeOptions } = request;
  if (!caller) throw new Error(`${routeOptions.url} is no route of the API`);
  return {
    caller,
    correlation_id,
    ...(traceparent ? { traceparent } : {}),
    ...(method === 'POST' ? {
      idempotency: idempotencyOf({
        key: headers['idempotency-key'], actor: caller.actor, method, route: routeOptions.url ?? '',
        params: params as Record<string, string>, body,
      }),
    } : {}),
  };
}

/** Who asks, as what, and under which key. */
export const From = createParamDecorator((_: unknown, context: ExecutionContext): Incoming =>
  incoming(context.switchToHttp().getRequest<FastifyRequest>()));

/** What travels to the services with a command or query. @throws DomainError `forbidden` for callers without a tenant */
export const InContext = createParamDecorator((_: unknown, context: ExecutionContext): Context => {
  const { caller: { tenant, actor, scopes }, ...rest } = incoming(context.switchToHttp().getRequest<FastifyRequest>());
  if (!tenant) throw new DomainError({ kind: 'forbidden', code: 'forbidden', detail: 'The operator belongs to no tenant' });
  return { tenant, actor, scopes, ...rest };
});
