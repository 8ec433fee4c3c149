import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '@headwater/contracts';
import type { Inlets } from '../inlets/inlets';
import type { OpenedConnectors } from './opened-connectors';

const KB = 1024;
const MB = 1024 * KB;
/** Of all but e-mails. */
export const MOST_BYTES = 256 * KB;
/** An e-mail with what is attached to it, which is dropped; who reads a larger one keeps others waiting. */
export const MOST_BYTES_OF_MAIL = 10 * MB;

/** Of e-mails, at a time and in each replica: they are held whole. */
const MOST_LARGE_AT_ONCE = 8;
const LARGE = MB;

/**
 * Looks at how long a delivery will be before any of it is read: only who sends e-mails may send much, and few of them at a time.
 * @throws DomainError as the address is known; `too_large`, `unavailable`
 */
export function boundDeliveries(inlets: Inlets, opened: OpenedConnectors) {
  let large = 0;
  return async ({ params, headers }: FastifyRequest, { raw }: FastifyReply): Promise<void> => {
    const length = Number(headers['content-length'] ?? Infinity);
    if (length <= MOST_BYTES) return;
    const { connector } = opened.open(await inlets.require('connector', (params as { key: string }).key));
    if (!connector.opensMail) {
      if (length === Infinity) return; // it is counted as it comes
      throw tooLarge();
    }
    if (length <= LARGE) return;
    if (large >= MOST_LARGE_AT_ONCE) throw DomainError.unavailable('Too many large e-mails come at the moment: send it again');
    large += 1;
    raw.once('close', () => { large -= 1; });
  };
}

/** A delivery that is longer than its kind may be. */
export const tooLarge = (): DomainError =>
  new DomainError({ kind: 'too_large', code: 'too_large', detail: `The body is larger than ${MOST_BYTES / KB} kB, which only an e-mail may be` });
