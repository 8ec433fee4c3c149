import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import { DomainError, type ErrorBody, type RequestDefinition } from '@headwater/contracts';
import {
  connectNats, CORRELATION_HEADER, currentScope, inboxPrefix, isBatch, rpcAttributes, scopeOfQuestion, SERVICE_CONFIG, SERVICE_NAME,
  TRACE_HEADER, Tracing, type NatsConfig,
} from '@headwater/platform';
import { natsRecord } from './deadline';
import { RequestClient, Unanswered } from './request-client';

/** Marks the method that answers a request: `@Answers(GetLeads)`. */
export const Answers = (request: RequestDefinition<unknown, unknown>): MethodDecorator => MessagePattern(request.subject);

const TIMEOUT_MS = 5_000;

/** Asks other services, over NATS request/reply. */
@Injectable()
export class Requester implements OnModuleInit, OnApplicationShutdown {
  private readonly client: RequestClient;
  private readonly ended = new AbortController();

  constructor(@Inject(SERVICE_CONFIG) config: NatsConfig, @Inject(SERVICE_NAME) service: string, private readonly tracing: Tracing) {
    this.client = new RequestClient(() => connectNats(config, service, { purpose: 'asks', signal: this.ended.signal }), inboxPrefix(service));
  }

  async onModuleInit(): Promise<void> {
    await this.client.connect();
  }

  async onApplicationShutdown(): Promise<void> {
    this.ended.abort();
    await this.client.close();
  }

  /**
   * @throws DomainError as the other service refused, or `unavailable` when it isn't there or doesn't answer in time;
   * in that last case it may or may not have done it
   */
  async ask<Question, Answer>(
    request: RequestDefinition<Question, Answer>, question: Question, { timeoutMs = TIMEOUT_MS } = {},
  ): Promise<Answer> {
    // What many wait for belongs to none of them.
    const { correlation_id, traceparent } = isBatch(question) ? {} : currentScope() ?? scopeOfQuestion(question);
    const span = this.tracing.begin(request.subject, {
      kind: 'client', parent: traceparent, attributes: () => rpcAttributes(request.subject, question),
    });
    const record = natsRecord(question, { timeoutMs, [CORRELATION_HEADER]: correlation_id, [TRACE_HEADER]: span?.traceparent ?? traceparent });
    try {
      const answer = await this.client.ask<Answer>(request.subject, record, timeoutMs);
      span?.end();
      return answer;
    } catch (error) {
      const failure = understood(error, request);
      span?.end(failure instanceof DomainError ? failure.body : failure);
      throw failure;
    }
  }
}

function understood(error: unknown, { service, subject }: Pick<RequestDefinition<unknown, unknown>, 'service' | 'subject'>): Error {
  const { kind, code, detail } = error as Partial<ErrorBody>;
  if (kind && code && detail && (kind as string) !== 'unexpected') return new DomainError(error as ErrorBody);
  if (error instanceof Unanswered) return DomainError.unavailable(`${service} did not answer in time`);
  // Nest's client says so with a text for an error.
  if (/connection lost/i.test(String(error))) return DomainError.unavailable('NATS is not there at the moment');
  const NO_RESPONDERS = '503';
  if (code === NO_RESPONDERS || /no subscribers|no responders/i.test((error as Error)?.message ?? '')) {
    return DomainError.unavailable(`${service} is not there at the moment`);
  }
  return new Error(`${subject} failed: ${detail ?? (error as Error | undefined)?.message ?? 'it does not say why'}`);
}
