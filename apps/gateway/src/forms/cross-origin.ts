import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '@headwater/contracts';
import { readOrigin } from '@headwater/inlets';
import type { OpenForm } from './take-form';

/** Lets a script of the page that sends the form read the answer. @returns whether it may. @throws DomainError `origin_not_allowed` */
export function allowReading(form: OpenForm, request: FastifyRequest, reply: FastifyReply): boolean {
  if (!mayRead(form, request)) return false;
  void reply.headers({ 'access-control-allow-origin': request.headers.origin, vary: 'origin' });
  return true;
}

/** Answers what a browser asks before a script may send JSON. @throws DomainError `origin_not_allowed` */
export async function answerPreflight(form: OpenForm, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (allowReading(form, request, reply)) {
    void reply.headers({
      'access-control-allow-methods': 'POST', 'access-control-allow-headers': 'content-type, idempotency-key', 'access-control-max-age': '600',
    });
  }
  await reply.status(204).send();
}

/** Our own page is shown by the address by which its reader reaches us, or by the one that the operator has named. */
function mayRead({ settings: { origins }, publicUrl }: OpenForm, { headers: { origin }, host }: FastifyRequest): boolean {
  if (!origin || origin === 'null' || !origins?.length) return false; // what hides its origin is a plain form without a script
  if (origins.includes(origin)) return true;
  const own = [host, publicUrl && new URL(publicUrl).host];
  if (readOrigin(origin) && own.includes(new URL(origin).host)) return false;
  throw new DomainError({ kind: 'forbidden', code: 'origin_not_allowed', detail: 'This form may not be sent from that page' });
}
