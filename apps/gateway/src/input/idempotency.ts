import { createHash } from 'node:crypto';
import { DomainError, type Actor, type Idempotency } from '@headwater/contracts';

const KEY = /^[\x21-\x7e]{1,200}$/;

interface KeyedRequest {
  key: string | string[] | undefined;
  actor: Actor;
  method: string;
  /** as it was declared: `/leads/:id/qualify` */
  route: string;
  params: Record<string, string>;
  body: unknown;
}

/** What names this attempt, when the caller gave a key. @throws DomainError 422 when the key is not 1-200 visible ASCII characters */
export function idempotencyOf({ key, actor, method, route, params, body }: KeyedRequest): Idempotency | undefined {
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !KEY.test(key)) {
    throw DomainError.invalidField('Idempotency-Key', 'wrong_format', 'Idempotency-Key must be 1 to 200 visible ASCII characters');
  }
  return {
    key,
    scope: [actor.kind, actor.id, method, route, ...Object.values(params)].join(' '),
    hash: createHash('sha256').update(canonicalJson(body)).digest('hex'),
  };
}

/** JSON with the members of every object in the order of their names: equal values, equal text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(',')}}`;
}
