import type { ServerResponse } from 'node:http';
import { finished, Transform, type Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest, RequestPayload } from 'fastify';
import { DomainError } from '@headwater/contracts';

const KB = 1024;
const MB = 1024 * KB;
/** Of all but e-mails. */
export const MOST_BYTES = 256 * KB;
/** An e-mail with what is attached to it, which is dropped; who reads a larger one keeps others waiting. */
export const MOST_BYTES_OF_MAIL = 10 * MB;

/** Of e-mails, at a time and in each replica: they are held whole. */
const MOST_LARGE_AT_ONCE = 8;
/** By one connector, so that a tenant leaves room to the others. */
const MOST_LARGE_OF_ONE = 2;
const LARGE = MB;

/** What the largest takes on a line of 1.4 Mbit/s. */
const WITHIN_MS = 60_000;

/**
 * Bounds a delivery before and while it comes: only who sends e-mails may send much, few of them at a time, and nobody for long.
 * What is known to be short is left alone.
 * @param find the connector of a key
 * @throws DomainError as the address is known; `too_large`, `unavailable`, `timeout`; those of the stream that it returns as well
 */
export function boundDeliveries(find: (key: string) => Promise<{ opensMail?: boolean }>, { withinMs = WITHIN_MS } = {}) {
  const slots = new Slots();
  return async ({ params, headers }: FastifyRequest, { raw: response }: FastifyReply, payload: RequestPayload): Promise<RequestPayload> => {
    const length = Number(headers['content-length'] ?? Infinity);
    if (length <= MOST_BYTES) return payload;
    const { key } = params as { key: string };
    const { opensMail } = await find(key);
    const isCounted = length === Infinity;
    if (!opensMail && !isCounted) throw tooLarge();
    if (opensMail && !isCounted && length > LARGE) slots.take(key, response);
    return counted(payload, withinMs, (before, after) => {
      if (after > (opensMail ? MOST_BYTES_OF_MAIL : MOST_BYTES)) throw tooLarge(opensMail);
      if (isCounted && before <= LARGE && after > LARGE) slots.take(key, response);
    });
  };
}

/** How many large e-mails are held, by whom. */
class Slots {
  private readonly taken = new Map<string, number>();

  /** Until all is answered, or its sender has gone. @throws DomainError `unavailable` while there is none left */
  take(key: string, response: ServerResponse): void {
    if (response.closed) return; // its end was told before; nothing more comes of it
    const own = this.taken.get(key) ?? 0;
    const all = [...this.taken.values()].reduce((sum, one) => sum + one, 0);
    if (own >= MOST_LARGE_OF_ONE || all >= MOST_LARGE_AT_ONCE) throw DomainError.unavailable('Too many large e-mails come at the moment: send it again');
    this.taken.set(key, own + 1);
    response.once('close', () => this.giveBack(key));
  }

  private giveBack(key: string): void {
    const left = this.taken.get(key)! - 1;
    if (left > 0) this.taken.set(key, left);
    else this.taken.delete(key);
  }
}

/** The same bytes, as long as `check` has nothing against how many there are, and they come in time. */
function counted(payload: Readable, withinMs: number, check: (before: number, after: number) => void): Readable {
  let bytes = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const before = bytes;
      bytes += chunk.length;
      try {
        check(before, bytes);
        done(null, chunk);
      } catch (error) {
        done(error as Error);
      }
    },
  });
  const tooSlow = setTimeout(() => stream.destroy(late()), withinMs);
  stream.once('close', () => clearTimeout(tooSlow));
  // Who reads the stream hears of it. Nobody may: a request is also refused before anybody does.
  stream.on('error', () => undefined);
  finished(payload, (error) => { if (error) stream.destroy(error); });
  return payload.pipe(stream);
}

const late = (): DomainError => new DomainError({ kind: 'timeout', code: 'timeout', detail: 'The body did not come in time' });

/** A delivery that is longer than its kind may be. */
export const tooLarge = (isMail = false): DomainError => new DomainError({
  kind: 'too_large', code: 'too_large',
  detail: isMail ? `The body is larger than ${MOST_BYTES_OF_MAIL / MB} MB` : `The body is larger than ${MOST_BYTES / KB} kB, which only an e-mail may be`,
});
