import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { NatsRecordBuilder, type NatsContext, type NatsRecord } from '@nestjs/microservices';
import { headers, type MsgHdrs } from 'nats';
import { DomainError } from '@headwater/contracts';

const HEADER = 'Headwater-Deadline';
/** Clocks of two machines may differ by so much. */
const SKEW_MS = 1_000;

/** A question that says until when its caller waits, with what headers there are besides. */
export function natsRecord<Question>(
  question: Question, { timeoutMs, ...more }: { timeoutMs: number } & Record<string, string | number | undefined>,
): NatsRecord<Question, MsgHdrs> {
  const head = headers();
  head.set(HEADER, String(Date.now() + timeoutMs));
  for (const [name, value] of Object.entries(more)) if (value) head.set(name, String(value));
  return new NatsRecordBuilder(question).setHeaders(head).build() as NatsRecord<Question, MsgHdrs>;
}

/**
 * Doesn't begin what nobody waits for any more: a service that was frozen or flooded would else first do all that its callers
 * have given up, and perhaps asked for again. What has begun is finished.
 */
@Injectable()
export class DeadlineGuard implements CanActivate {
  canActivate(context: ExecutionContext): true {
    if (context.getType() !== 'rpc') return true;
    const deadline = (context.switchToRpc().getContext<NatsContext>().getHeaders() as MsgHdrs | undefined)?.get(HEADER);
    if (deadline && Number(deadline) + SKEW_MS < Date.now()) throw DomainError.unavailable('Its caller has given it up meanwhile');
    return true;
  }
}
