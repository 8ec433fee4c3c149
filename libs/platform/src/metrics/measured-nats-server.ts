import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { ServerNats, type MessageHandler, type NatsOptions } from '@nestjs/microservices';
import { ErrorCode, type NatsConnection, type NatsError, type Subscription } from 'nats';
import { isObservable, tap, type Observable } from 'rxjs';
import type { ErrorBody } from '@headwater/contracts';
import { UNEXPECTED } from '../errors/error.filter';
import { withoutErrors } from '../nats/connect-nats';
import { enteredFromNats } from '../telemetry/request-entry';
import type { Tracing } from '../telemetry/tracing';
import { SECONDS, type Histogram, type Metrics } from './metrics';

/** For questions that are being answered when the service ends; what takes longer is not waited for. */
const CLOSE_WITHIN_MS = 1_000;

/**
 * Nest's server of requests over NATS, which measures how they are answered, each in the scope of its caller, and ends as soon as those
 * that came are answered.
 */
export class MeasuredNatsServer extends ServerNats {
  private readonly duration: Histogram<'subject' | 'outcome'>;
  private readonly answers = new Logger(MeasuredNatsServer.name);
  private connection: NatsConnection | undefined;
  private readonly listening: Subscription[] = [];
  private readonly answering = new Set<Promise<unknown>>();

  constructor(
    options: NonNullable<NatsOptions['options']>, private readonly connect: () => Promise<NatsConnection>, metrics: Metrics,
    private readonly tracing: Tracing,
  ) {
    super(options);
    this.duration = metrics.histogram({
      name: 'headwater_request_duration_seconds', help: 'Requests over NATS, from their arrival to the answer',
      labelNames: ['subject', 'outcome'], buckets: SECONDS,
    });
  }

  override async createNatsClient(): Promise<NatsConnection> {
    return (this.connection = await this.connect());
  }

  /** Listens when the broker knows of it: whoever is told that we have started may ask at once. */
  override start(callback: (error?: unknown) => void): void {
    this.bindEvents(this.connection!);
    this.connection!.flush().then(() => callback(), callback);
  }

  override bindEvents(connection: NatsConnection): void {
    super.bindEvents({
      subscribe: (...to: Parameters<NatsConnection['subscribe']>) => {
        const subscription = connection.subscribe(...to);
        this.listening.push(subscription);
        return subscription;
      },
    });
  }

  override handleMessage(...question: Parameters<ServerNats['handleMessage']>): Promise<unknown> {
    const answering = super.handleMessage(...question).finally(() => this.answering.delete(answering));
    this.answering.add(answering);
    return answering;
  }

  /** Nest's own `gracefulShutdown` throws away what the broker has sent and we haven't read, and then waits all of its time, always. */
  override async close(): Promise<void> {
    const tooLong = new AbortController();
    await Promise.race([this.answered(), delay(CLOSE_WITHIN_MS, undefined, { signal: tooLong.signal }).catch(() => undefined)]);
    tooLong.abort();
    await super.close();
  }

  /** Takes no more, and settles when the broker has the answers to all that it has sent. */
  private async answered(): Promise<void> {
    await Promise.all(this.listening.map((subscription) => subscription.drain().catch(() => undefined))); // a closed one brings nothing
    await Promise.allSettled(this.answering);
    await nextTurn(); // Nest sends an answer a tick after it is there
    await this.connection?.flush().catch(() => undefined); // it was closed
  }

  override handleStatusUpdates(connection: NatsConnection): Promise<void> {
    return super.handleStatusUpdates(withoutErrors(connection));
  }

  /** An answer that is larger than a message may be is refused. Nest would throw where nobody catches, which ends the process. */
  override getPublisher(...question: Parameters<ServerNats['getPublisher']>): (answer: unknown) => unknown {
    const publish = super.getPublisher(...question) as (answer: unknown) => unknown;
    return (answer) => {
      try {
        return publish(answer);
      } catch (error) {
        if ((error as NatsError).code !== ErrorCode.MaxPayloadExceeded) throw error;
        this.answers.warn({ request: question[0].subject }, 'An answer is larger than a message may be');
        return publish({ err: TOO_LARGE, isDisposed: true });
      }
    };
  }

  override addHandler(
    pattern: unknown, handler: MessageHandler, isEventHandler?: boolean, extras?: Record<string, unknown>,
  ): void {
    const subject = this.normalizePattern(pattern as string);
    super.addHandler(pattern, this.measured(subject, enteredFromNats(subject, handler, this.tracing)), isEventHandler, extras);
  }

  /** What a controller returned comes as it is; what it threw comes as an observable, after the error filter. */
  private measured(subject: string, handler: MessageHandler): MessageHandler {
    return async (...question: Parameters<MessageHandler>) => {
      const since = performance.now();
      const ended = (outcome: string) => this.duration.observe({ subject, outcome }, (performance.now() - since) / 1_000);
      const answer = await handler(...question) as unknown;
      if (isObservable(answer)) {
        return answer.pipe(tap({ complete: () => ended('ok'), error: (refusal) => ended(outcomeOf(refusal)) })) as Observable<unknown>;
      }
      ended('ok');
      return answer;
    };
  }
}

const TOO_LARGE: ErrorBody = { kind: 'too_large', code: 'answer_too_large', detail: 'The answer would be larger than 1 MB: ask for less at a time' };

/** A refusal is an answer; that something is broken, or away, is none. */
function outcomeOf({ kind }: Pick<ErrorBody, 'kind'> | typeof UNEXPECTED): 'refused' | 'failed' {
  return kind === UNEXPECTED.kind || kind === 'unavailable' ? 'failed' : 'refused';
}
