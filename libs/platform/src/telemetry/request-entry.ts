import type { MessageHandler, NatsContext } from '@nestjs/microservices';
import { isObservable, tap, type Observable } from 'rxjs';
import { CORRELATION_HEADER, inTrace, isBatch, rpcAttributes, scopeOfQuestion, TRACE_HEADER } from './question';
import { within, type Scope } from './scope';
import type { Tracing } from './tracing';

interface Headers { get(name: string): string }

/** Answers each request over NATS within the scope of who asks, and as a span of its trace. */
export function enteredFromNats(subject: string, handler: MessageHandler, tracing: Tracing): MessageHandler {
  return async (question: unknown, context: NatsContext) => {
    if (isBatch(question)) return handler(question, context) as Promise<Observable<unknown>>;
    const scope = scopeOf(question, context.getHeaders() as Headers | undefined);
    const span = tracing.begin(subject, { kind: 'server', parent: scope.traceparent, attributes: () => rpcAttributes(subject, question) });
    if (!span) return within(scope, () => handler(question, context));
    const { traceparent } = span;
    const answer = await within({ ...scope, traceparent }, () => handler(inTrace(question, traceparent), context)) as unknown;
    if (isObservable(answer)) return answer.pipe(tap({ complete: () => span.end(), error: (refusal) => span.end(refusal) })) as Observable<unknown>;
    span.end();
    return answer as Observable<unknown>;
  };
}

function scopeOf(question: unknown, headers: Headers | undefined): Scope {
  const scope = scopeOfQuestion(question);
  return {
    ...scope,
    correlation_id: scope.correlation_id ?? (headers?.get(CORRELATION_HEADER) || undefined),
    traceparent: headers?.get(TRACE_HEADER) || scope.traceparent,
  };
}
