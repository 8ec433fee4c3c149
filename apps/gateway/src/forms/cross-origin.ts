import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError, type FormSettings } from '@headwater/contracts';
import { readOrigin } from '@headwater/inlets';

/** Lets a script of the page that sends the form read the answer. @returns whether it may. @throws DomainError `origin_not_allowed` */
export function allowReading(settings: FormSettings, request: FastifyRequest, reply: FastifyReply): boolean {
  if (!mayRead(settings, request)) return false;
  void reply.headers({ 'access-control-allow-origin': request.headers.origin, vary: 'origin' });
  return true;
}

/** Answers what a browser asks before a script may send JSON. @throws DomainError `origin_not_allowed` */
export async function answerPreflight(settings: FormSettings, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (allowReading(settings, request, reply)) {
    void reply.headers({
      'access-control-allow-methods': 'POST', 'access-control-allow-headers': 'content-type, idempotency-key', 'access-control-max-age': '600',
    });
  }
  await reply.status(204).send();
}

function mayRead({ origins }: FormSettings, { headers: { origin, host } }: FastifyRequest): boolean {
  if (!origin || origin === 'null' || !origins?.length) return false; // what hides its origin is a plain form without a script
  if (origins.includes(origin)) return true;
  if (readOrigin(origin) && new URL(origin).host === host) return false; // our own page
  throw new DomainError({ kind: 'forbidden', code: 'origin_not_allowed', detail: 'This form may not be sent from that page' });
}
