import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import {
  DomainError, IDENTIFY, MOST_SIGNALS_OF_A_REQUEST, TakeSignals, type Context, type LeadEvent, type PersonEvent, type SignalItem, type SignalResult,
} from '@headwater/contracts';
import { Batcher, Requester } from '@headwater/messaging';
import type { Checked } from '../input/json-list';

const ANSWER_WITHIN_MS = 4_000;
const bytesOf = (item: SignalItem): number => Buffer.byteLength(JSON.stringify(item));
/** Requests on their way at a time, each with what is told by other names: two about one lead would wait for each other, which by two names of it they still may. */
const WAYS = 3;
const LIMITS = {
  inFlight: 1, items: MOST_SIGNALS_OF_A_REQUEST, size: { of: bytesOf, most: 256 * 1024 }, waiting: 7_000, patienceMs: ANSWER_WITHIN_MS, atEndOfTurn: true,
};

/** Who tells of what people did. */
type Sender = Pick<Context, 'tenant' | 'actor' | 'idempotency' | 'correlation_id' | 'traceparent'>;

/** What became of an event, in the order in which they were sent; an id is given to those that had none. */
export type SentSignal = { id: string | null; result: SignalResult };

/**
 * Hands what people did to scoring, whatever comes at a time in one request. There is no spool: what scoring doesn't answer for is a
 * 503, nothing is promised then, and with the same id it is safe to send it again.
 */
@Injectable()
export class SendSignals {
  private readonly ways: readonly Batcher<SignalItem, SignalResult>[];

  constructor(requester: Requester) {
    const ask = async (items: SignalItem[]) => (await requester.ask(TakeSignals, { items }, { timeoutMs: ANSWER_WITHIN_MS })).results;
    this.ways = Array.from({ length: WAYS }, () => new Batcher(ask, LIMITS));
  }

  /**
   * Whose a cookie is counts for all visits that come with it.
   * @throws DomainError `unavailable` when nothing at all could be taken for that, `idempotency_key_reused` when the key came with another body before
   */
  async send(context: Sender, events: Checked<PersonEvent>[]): Promise<SentSignal[]> {
    const items = events.map((event, i) => (event.ok ? itemOf(context, event.item, i) : { id: null, ok: false as const, error: event.refusal.body }));
    const right = items.filter((item): item is SignalItem => item.id !== null);
    const taken = await this.takeAll(right.filter(({ type }) => type === IDENTIFY));
    for (const [item, result] of await this.takeAll(right.filter(({ type }) => type !== IDENTIFY))) taken.set(item, result);
    const sent = items.map((item): SentSignal => (item.id === null ? { id: null, result: item } : { id: item.id, result: taken.get(item)! }));
    const reused = sent.flatMap(({ result }) => (!result.ok && result.error.code === 'idempotency_key_reused' ? [result.error] : [])).at(0);
    const failures = sent.flatMap(({ result }) => (!result.ok && result.error.kind === 'unavailable' ? [result.error] : []));
    if (failures.length === sent.length) throw new DomainError(failures[0]);
    if (reused) throw new DomainError(reused);
    return sent;
  }

  private async takeAll(items: SignalItem[]): Promise<Map<SignalItem, SignalResult>> {
    return new Map(await Promise.all(items.map(async (item) => [item, await this.take(item)] as const)));
  }

  private async take(item: SignalItem): Promise<SignalResult> {
    try {
      return await this.ways[wayOf(item)].add(item);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return { ok: false, error: error.body };
    }
  }
}

/** One for all that is told of a person by the same name, be it its id, e-mail or cookie. */
export function wayOf({ lead_id, external_id, email, visitor_id }: SignalItem): number {
  if (lead_id != null) return lead_id % WAYS;
  const name = external_id || email?.trim().toLowerCase() || visitor_id || '';
  let sum = 0;
  for (let i = 0; i < name.length; i += 1) sum += name.charCodeAt(i);
  return sum % WAYS;
}

function itemOf({ tenant, actor, idempotency, correlation_id, traceparent }: Sender, event: LeadEvent & PersonEvent, place: number): SignalItem {
  const named = idempotency && `key ${createHash('sha256').update(`${idempotency.scope} ${idempotency.key} ${place}`).digest('hex').slice(0, 40)}`;
  return {
    ...event, tenant: tenant.id, id: event.id || named || uuidv7(), sender: event.sender || senderOf(actor), correlation_id,
    ...(idempotency ? { idempotency } : {}), ...(traceparent ? { traceparent } : {}),
  };
}

/** As intake keeps the ids of a sender. */
const senderOf = ({ kind, id }: Context['actor']): string => (kind === 'connector' ? `connector ${id}` : id);
